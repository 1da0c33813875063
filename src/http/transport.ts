import type { Auth, Authenticator, TokenAnswer, TokenRequest } from '../auth/auth.ts';
import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import type { Clock } from '../clock/clock.ts';
import { randomOf } from '../clock/random-of.ts';
import { retryAfterMs } from '../clock/retry-after.ts';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { optionalAbove0, optionalSignal } from '../errors/require.ts';
import { RestoreKitError, type Started } from '../errors/restore-kit-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { WriteOutcomeUnknownError } from '../errors/write-outcome-unknown-error.ts';
import { type Answer, OversizedBody, readAnswer } from './answer.ts';
import { AnswerErrors } from './answer-errors.ts';
import { type ApiRequest, type RequestContent, urlOf } from './api-request.ts';
import { isSecure, withoutTrailingSlash } from './base-url.ts';
import { type Call, type CallOptions, isStart, timeoutOf } from './call.ts';
import { withDeadline } from './deadline.ts';
import type { HttpEvent } from './events.ts';
import type { FetchLike } from './fetch-like.ts';
import { LostAnswer } from './lost-answer.ts';
import { toConnectionError } from './network-error.ts';
import { Redactor } from './redactor.ts';
import { secretsOfHeader } from './secret-names.ts';
import type { HttpTraits } from './traits.ts';
import { VERSION } from './version.ts';

export interface TransportConfig {
  readonly baseUrl: URL;
  readonly auth: Auth;
  readonly traits: HttpTraits;
  readonly tokenPath?: string | undefined;
  readonly tokenFields?: (() => Readonly<Record<string, string>>) | undefined;
  readonly clock: Clock;
  readonly fetch: FetchLike | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly userAgent: string | undefined;
  readonly requestTimeoutMs: number | undefined;
  readonly allowInsecureHttp: boolean;
  /** The client's concurrency limit. */
  readonly queue: { run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> };
  readonly onEvent: (event: HttpEvent) => void;
}

const READ_TRIES = 3;
const LONGEST_RETRY_PAUSE_MS = 60_000;
/** A later answer may come from a proxy that gave up while the server did the work. */
const PROMPT_MS = 60_000;
/** A connection that answered less than this ago is assumed to be alive. */
const FRESH_CONNECTION_MS = 1_000;

interface Sent {
  readonly answer: Answer;
  readonly durationMs: number;
}

/** Sends the requests of one client. */
export class Transport {
  readonly redactor = new Redactor();
  /** Base URL without a trailing slash. */
  readonly base: string;
  readonly clock: Clock;
  readonly #config: TransportConfig;
  readonly #errors: AnswerErrors;
  readonly #authenticator: Authenticator;
  /** When the system last answered, by the clock of this client. */
  #answeredAt: number | undefined;
  #serverAheadMs: number | undefined;
  /** How many calls wait for the shared login. When the last of them leaves, its request is aborted. */
  #waitingForLogin = 0;
  #login = new AbortController();

  constructor(config: TransportConfig) {
    this.#config = config;
    this.clock = config.clock;
    this.base = withoutTrailingSlash(config.baseUrl);
    this.#errors = new AnswerErrors(this.redactor, config.traits, config.clock, this.base);
    for (const [name, value] of Object.entries(config.headers)) {
      for (const secret of secretsOfHeader(name, value)) this.redactor.add(secret);
    }
    this.#authenticator = config.auth.open({
      baseUrl: this.base,
      tokenPath: config.tokenPath,
      tokenFields: config.tokenFields,
      clock: config.clock,
      keepSecret: (value, kind) => this.redactor.add(value, kind),
      redact: (text) => this.redactor.text(text),
      send: (request) => this.#sendForToken(request),
    });
  }

  /**
   * How far the server's clock is ahead of ours in milliseconds, by the `Date` header of its last answer; undefined if
   * it has sent none.
   */
  get serverAheadMs(): number | undefined {
    return this.#serverAheadMs;
  }

  /** The user name, if it is known. */
  get account(): string | undefined {
    return this.#config.auth.account;
  }

  /** How often this client has logged in. Some systems show data only to the login that made it. */
  get logins(): number {
    return this.#authenticator.logins ?? 0;
  }

  /** Whether the credentials of this client were ever accepted. */
  get credentialsWereAccepted(): boolean {
    return this.#authenticator.wasAccepted;
  }

  /**
   * Sends a request and returns the answer if it is a 2xx.
   * @throws {ApiError} | {UnexpectedResponseError} | {ConnectionError} | {RequestTimeoutError}
   * @throws {WriteOutcomeUnknownError} a 'write' may have been sent, and its answer is lost
   * @throws {LostAnswer} a start may have been sent, and its answer is lost
   */
  async send(request: ApiRequest, call: Call): Promise<Answer> {
    optionalAbove0('requestTimeoutMs', call.requestTimeoutMs);
    const once = () => this.#exchange(request, call);
    const queued = call.mode === 'blocking' ? once : () => this.#config.queue.run(once, call.signal);
    if (call.mode !== 'read') return queued();
    for (let tried = 1; ; tried += 1) {
      try {
        return await queued();
      } catch (error) {
        if (tried === (call.tries ?? READ_TRIES) || !RestoreKitError.isInstance(error) || !error.isRetryable)
          throw error;
        const delayMs = retryPause(error, tried, randomOf(this.clock));
        // Retrying earlier than the server asked for would be worse than throwing.
        if (delayMs > LONGEST_RETRY_PAUSE_MS) throw error;
        this.#config.onEvent({ type: 'retry', at: this.clock.now(), attempt: tried + 1, delayMs, error });
        await this.clock.sleep(delayMs, call.signal);
      }
    }
  }

  /**
   * Checks with a cheap read whether the connection is still alive, if the last answer is older than a second. After a
   * start on a dead keep-alive connection, nobody could say whether it was sent. Before the first answer there is no
   * connection to check.
   * @throws {ConnectionError} | {RequestTimeoutError} the system cannot be reached
   * @throws {AuthenticationError} it refuses the credentials
   */
  async ensureConnection(request: ApiRequest, options: CallOptions): Promise<void> {
    if (this.#answeredAt === undefined || this.clock.now() - this.#answeredAt <= FRESH_CONNECTION_MS) return;
    try {
      await this.send(request, { ...options, mode: 'read' });
    } catch (error) {
      // Any answer proves that the connection is alive, but a second refusal of a password could lock the account.
      const isAnswer = ApiError.isInstance(error) || UnexpectedResponseError.isInstance(error);
      if (!isAnswer || (ApiError.isInstance(error) && error.status === 401)) throw error;
    }
  }

  /** The JSON body of an answer. */
  json(answer: Answer): unknown {
    if (answer.body !== undefined) return answer.body;
    const what = answer.text.trim() === '' ? 'an empty body' : 'no JSON';
    throw this.unexpected(`${this.#errors.pathOf(answer.url)} answered ${answer.status} with ${what}.`, answer);
  }

  unexpected(message: string, answer: Answer, more: { issues?: readonly string[]; started?: Started } = {}) {
    return this.#errors.unexpected(message, answer, more);
  }

  async #exchange(request: ApiRequest, call: Call): Promise<Answer> {
    const { signal } = call;
    optionalSignal('signal', signal);
    optionalAbove0('requestTimeoutMs', call.requestTimeoutMs);
    signal?.throwIfAborted();
    if (call.anonymous) return this.#accept(request, await this.#send(request, undefined, call), call);
    const first = await this.#awaitLogin(this.#authenticator.authorization(), signal);
    const sent = await this.#send(request, first, call);
    if (this.#mayResend(sent, call) && (await this.#awaitLogin(this.#authenticator.renew(first), signal))) {
      const renewed = await this.#awaitLogin(this.#authenticator.authorization(), signal);
      return this.#accept(request, await this.#send(request, renewed, call), call);
    }
    return this.#accept(request, sent, call);
  }

  /** A request with a prompt 401 had no effect. A late 401 may come from a proxy while the server did the work. */
  #mayResend({ answer, durationMs }: Sent, call: Call): boolean {
    const isRejected = answer.status === 401 || this.#config.traits.isExpiredToken?.(answer) === true;
    const changesNothing = call.mode === 'read' || call.mode === 'poll';
    return isRejected && (changesNothing || durationMs <= PROMPT_MS);
  }

  async #awaitLogin<T>(login: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    this.#waitingForLogin += 1;
    try {
      return await untilAborted(login, signal);
    } finally {
      this.#waitingForLogin -= 1;
      if (this.#waitingForLogin === 0 && signal?.aborted) {
        this.#login.abort(new ConnectionError('No call waits for this login any more.', { sent: 'no' }));
        this.#login = new AbortController();
      }
    }
  }

  async #send(request: ApiRequest, authorization: string | undefined, call: Call): Promise<Sent> {
    const headers = this.#headersWith(this.#config.headers, request.headers);
    if (authorization !== undefined) headers.set('authorization', authorization);
    const { method } = request;
    const json = request.body === undefined ? undefined : JSON.stringify(request.body);
    if (json !== undefined) headers.set('content-type', 'application/json');
    const body = request.content ?? json;
    try {
      const sent = await this.#fetch(urlOf(request, this.base), { method, headers, body }, call);
      if (authorization !== undefined) this.#authenticator.answered(authorization, sent.answer.status);
      return sent;
    } catch (error) {
      if (ConnectionError.isInstance(error) && error.sent === 'no') throw error;
      throw this.#lost(request, call, error);
    }
  }

  /** The error for a failure after which the request may have taken effect. */
  #lost(request: ApiRequest, call: Call, error: unknown): unknown {
    if (isStart(call.mode)) return new LostAnswer(error);
    if (call.mode !== 'write') return error;
    const path = this.#errors.pathOf(urlOf(request, this.base));
    const why = error instanceof Error ? error.message : 'The call was aborted.';
    return new WriteOutcomeUnknownError(
      this.redactor.text(`It is not known whether ${request.method} ${path} was carried out. ${why}`),
      { method: request.method, path, cause: this.redactor.error(error) },
    );
  }

  #headersWith(gateway: Readonly<Record<string, string>>, own?: Readonly<Record<string, string>>): Headers {
    const headers = new Headers(gateway);
    headers.set('accept', 'application/json');
    for (const [name, value] of Object.entries(own ?? {})) headers.set(name, value);
    headers.set('user-agent', this.#config.userAgent ?? `restorekit/${VERSION}`);
    return headers;
  }

  async #fetch(
    url: string,
    init: { readonly method: string; readonly headers: Headers; readonly body: RequestContent | undefined },
    call: Call,
  ): Promise<Sent> {
    const { method } = init;
    const path = this.#errors.pathOf(url);
    const startedAt = this.clock.now();
    this.#config.onEvent({ type: 'request', at: startedAt, method, path });
    const answer = await withDeadline(
      async (signal) => {
        try {
          const own: FetchLike = (input, options) => globalThis.fetch(input, options);
          const send = this.#config.fetch ?? call.patientFetch ?? own;
          const body = init.body === undefined ? {} : { body: init.body };
          const response = await send(url, { method, headers: init.headers, redirect: 'manual', signal, ...body });
          if (typeof response?.status !== 'number') throw new TypeError('`fetch` returned no Response');
          const kind = call.mode === 'read' ? 'list' : 'decision';
          return await (call.readBody ?? readAnswer)(response, url, { kind, isToldByHeaders: call.isToldByHeaders });
        } catch (error) {
          signal.throwIfAborted();
          if (error instanceof OversizedBody) {
            throw new UnexpectedResponseError(`${path} answered ${error.message}.`, { status: error.status });
          }
          throw toConnectionError(error, { method, url, path }, this.redactor);
        }
      },
      {
        clock: this.clock,
        what: `${method} ${path}`,
        timeoutMs: timeoutOf(call, this.#config.requestTimeoutMs),
        signal: call.signal,
      },
    );
    const now = this.clock.now();
    if (url.startsWith(this.base)) this.#noteAnswer(answer, now);
    const durationMs = now - startedAt;
    const requestId = this.#errors.requestId(answer.headers);
    this.#config.onEvent({ type: 'response', at: now, method, path, status: answer.status, durationMs, requestId });
    return { answer, durationMs };
  }

  #noteAnswer({ headers }: Answer, now: number): void {
    this.#answeredAt = now;
    const date = Date.parse(headers.get('date') ?? '');
    if (!Number.isNaN(date)) this.#serverAheadMs = date - now;
  }

  /**
   * Returns a 2xx. Turns everything else into a typed error, or into a lost answer if it does not say whether the
   * request took effect.
   */
  #accept(request: ApiRequest, { answer, durationMs }: Sent, call: Call): Answer {
    const { status } = answer;
    if (status >= 200 && status < 300) return answer;
    const error = this.#errors.refusal(answer);
    if (call.mode === 'read' || call.mode === 'poll') throw error;
    const isRefusal = ApiError.isInstance(error) && status < 500 && status !== 408;
    // A late 401 may come from a proxy, or from a token that expired meanwhile, while the server did the work.
    const isFromTheApi = ApiError.isInstance(error) && error.bodyForm === 'api' && status !== 401;
    throw isRefusal && (isFromTheApi || durationMs <= PROMPT_MS) ? error : this.#lost(request, call, error);
  }

  async #sendForToken(request: TokenRequest): Promise<TokenAnswer> {
    const url = new URL(request.url);
    const carriesCredentials = request.grant !== undefined;
    if (carriesCredentials && !isSecure(url) && !this.#config.allowInsecureHttp) {
      throw new UntrustedLocationError('The token endpoint is plain http; no credentials were sent to it.', {
        location: this.redactor.text(request.url),
      });
    }
    if (carriesCredentials) {
      const { grant } = request;
      const origin = this.redactor.text(url.origin);
      this.#config.onEvent({ type: 'token-refresh', at: this.clock.now(), origin, grant: grant ?? '' });
    }
    // Headers for a gateway are sent to the system only, not to a token server on another origin.
    const gateway = url.origin === this.#config.baseUrl.origin ? this.#config.headers : {};
    const headers = this.#headersWith(gateway, request.headers);
    const { answer } = await this.#fetch(
      request.url,
      { method: request.method, headers, body: request.body },
      { mode: 'poll', signal: request.isOnce ? undefined : this.#login.signal },
    );
    const { status } = answer;
    // The body of a refusal may repeat the form with the password.
    const body = status < 400 ? answer.body : this.redactor.data(answer.body);
    return { status, body, retryAfterMs: retryAfterMs(answer.headers, this.clock.now()) };
  }
}

function retryPause(error: RestoreKitError, tried: number, random: number): number {
  const asked = ApiError.isInstance(error) ? (error.retryAfterMs ?? 0) : 0;
  const base = RequestTimeoutError.isInstance(error) ? 0 : 500 * 2 ** (tried - 1);
  return Math.max(asked, base * (0.5 + random));
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let abort = () => {};
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, reject) => {
        abort = () => reject(signal.reason);
        addAbortListener(signal, abort);
      }),
    ]);
  } finally {
    removeAbortListener(signal, abort);
  }
}
