import createClient, { type Client } from 'openapi-fetch';
import type { Auth, Authenticator, TokenAnswer, TokenRequest } from '../auth/auth.ts';
import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import type { Clock } from '../clock/clock.ts';
import { randomOf } from '../clock/random-of.ts';
import { rateLimitResetMs, retryAfterMs } from '../clock/retry-after.ts';
import { ApiError } from '../errors/api-error.ts';
import { apiErrorForStatus } from '../errors/api-error-for-status.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { optionalAbove0 } from '../errors/require.ts';
import { RestoreKitError, type Started } from '../errors/restore-kit-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { type Answer, OversizedBody, readAnswer } from './answer.ts';
import { isSecure, withoutTrailingSlash } from './base-url.ts';
import { withDeadline } from './deadline.ts';
import { parseErrorBody } from './error-body.ts';
import type { HttpEvent } from './events.ts';
import { LostAnswer } from './lost-answer.ts';
import { toConnectionError } from './network-error.ts';
import { Redactor } from './redactor.ts';
import { RequestDraft } from './request-draft.ts';
import { secretsOfHeader } from './secret-names.ts';
import { VERSION } from './version.ts';

export type FetchLike = (input: string, init: RequestInit) => Promise<Response>;

/** Options that every call takes as its last argument. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for this request. */
  readonly requestTimeoutMs?: number | undefined;
}

export interface TransportConfig {
  readonly baseUrl: URL;
  readonly auth: Auth;
  readonly tokenPath?: string | undefined;
  readonly clock: Clock;
  readonly fetch: FetchLike | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly userAgent: string | undefined;
  readonly requestTimeoutMs: number | undefined;
  readonly allowInsecureHttp: boolean;
  /** The client's cap on requests in flight. */
  readonly queue: { run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> };
  readonly onEvent: (event: HttpEvent) => void;
}

/**
 * - 'read' is retried where that can help.
 * - 'poll' is one poll of an operation: never retried, so that the wait sees every failure.
 * - 'start' is never repeated once it may have left; a lost answer is a `LostAnswer`.
 * - 'blocking' is a start that answers only when all is done: no timeout, no place in the queue.
 */
export type CallMode = 'read' | 'poll' | 'start' | 'blocking';

/** What a call gives to openapi-fetch, so that the request goes through the transport. */
export interface Via {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly parseAs: 'stream';
}

export interface Call extends CallOptions {
  readonly mode: CallMode;
  /** The `Location` of a 202 says all. */
  readonly isToldByHeaders?: boolean | undefined;
  /** Of a 'blocking' call: waits as long as it takes, where the caller has given no `fetch`. */
  readonly patientFetch?: FetchLike | undefined;
  /** Sends no credentials (DS-1). */
  readonly anonymous?: boolean | undefined;
}

const READ_TIMEOUT_MS = 30_000;
const START_TIMEOUT_MS = 300_000;
const READ_TRIES = 3;
const LONGEST_RETRY_PAUSE_MS = 60_000;
const EXCERPT_LENGTH = 300;
/** Of what a server says, in an error that people read. */
const LONGEST_TEXT = 2_000;
const REQUEST_ID = ['x-vcap-request-id', 'x-request-id', 'x-correlation-id'];

/** Sends the requests of one client. */
export class Transport {
  readonly redactor = new Redactor();
  /** Base URL without a trailing slash. */
  readonly base: string;
  readonly origin: string;
  readonly clock: Clock;
  readonly #config: TransportConfig;
  readonly #authenticator: Authenticator;
  /** Calls that wait for the shared login, and what ends its request when the last of them has gone. */
  #waitingForLogin = 0;
  #login = new AbortController();

  constructor(config: TransportConfig) {
    this.#config = config;
    this.clock = config.clock;
    this.base = withoutTrailingSlash(config.baseUrl);
    this.origin = config.baseUrl.origin;
    for (const [name, value] of Object.entries(config.headers)) {
      for (const secret of secretsOfHeader(name, value)) this.redactor.add(secret);
    }
    this.#authenticator = config.auth.open({
      baseUrl: this.base,
      tokenPath: config.tokenPath,
      clock: config.clock,
      keepSecret: (value, kind) => this.redactor.add(value, kind),
      redact: (text) => this.redactor.text(text),
      send: (request) => this.#sendForToken(request),
    });
  }

  /** The typed requests of one OpenAPI document. */
  api<Paths extends object>(): Client<Paths> {
    return createClient<Paths>({ baseUrl: this.base, Request: RequestDraft as unknown as typeof Request });
  }

  /**
   * Makes one call through openapi-fetch and answers a 2xx.
   * @throws {ApiError} | {UnexpectedResponseError} | {ConnectionError} | {RequestTimeoutError} | {LostAnswer} (starts)
   */
  async call(send: (via: Via) => Promise<unknown>, call: Call): Promise<Answer> {
    optionalAbove0('requestTimeoutMs', call.requestTimeoutMs);
    const once = async () => {
      let answer: Answer | undefined;
      await send({
        parseAs: 'stream',
        fetch: async (request) => {
          answer = await this.#exchange(request as unknown as RequestDraft, call);
          return new Response(null, { status: 204 });
        },
      });
      return answer as Answer;
    };
    const queued = call.mode === 'blocking' ? once : () => this.#config.queue.run(once, call.signal);
    if (call.mode !== 'read') return queued();
    for (let tried = 1; ; tried += 1) {
      try {
        return await queued();
      } catch (error) {
        if (tried === READ_TRIES || !RestoreKitError.isInstance(error) || !error.isRetryable) throw error;
        const delayMs = retryPause(error, tried, randomOf(this.clock));
        // Coming back before the time that was asked for would be worse than telling the caller.
        if (delayMs > LONGEST_RETRY_PAUSE_MS) throw error;
        this.#config.onEvent({ type: 'retry', at: this.clock.now(), attempt: tried + 1, delayMs, error });
        await this.clock.sleep(delayMs, call.signal);
      }
    }
  }

  /** Reads a path that a server named, after its family was checked. */
  get(path: string, call: Call): Promise<Answer> {
    return this.call(
      (via) => via.fetch(new RequestDraft(`${this.base}${path}`, { method: 'GET' }) as unknown as Request),
      call,
    );
  }

  /** The JSON body of an answer. */
  json(answer: Answer): unknown {
    if (answer.body !== undefined) return answer.body;
    const what = answer.text.trim() === '' ? 'an empty body' : 'no JSON';
    throw this.unexpected(`${this.#pathOf(answer.url)} answered ${answer.status} with ${what}.`, answer);
  }

  unexpected(message: string, answer: Answer, more: { issues?: readonly string[]; started?: Started } = {}) {
    return new UnexpectedResponseError(this.redactor.text(message), {
      status: answer.status,
      contentType: this.#header(answer.headers, 'content-type'),
      excerpt: this.#visible(answer).slice(0, EXCERPT_LENGTH),
      issues: more.issues?.map((issue) => this.redactor.text(issue)),
      started: more.started,
    });
  }

  /** The body as it may be shown. Escapes of JSON would hide a secret from the redactor. */
  #visible({ body, text }: Answer): string {
    const isEscaped = body !== undefined && text.includes('\\u');
    return isEscaped ? JSON.stringify(this.redactor.data(body)) : this.redactor.text(text);
  }

  /** Ids of servers stand in paths, and may be echoes. */
  #pathOf(url: string): string {
    return this.redactor.text(new URL(url).pathname);
  }

  #header(headers: Headers, ...names: readonly string[]): string | undefined {
    const name = names.find((each) => headers.has(each));
    return name === undefined ? undefined : this.redactor.text(headers.get(name) ?? '');
  }

  async #exchange(request: RequestDraft, call: Call): Promise<Answer> {
    const { signal, mode } = call;
    signal?.throwIfAborted();
    if (call.anonymous) return this.#accept(await this.#send(request, undefined, call), mode);
    const first = await this.#awaitLogin(this.#authenticator.authorization(), signal);
    const answer = await this.#send(request, first, call);
    // A 401 that came back was not carried out, so even a start may follow with renewed credentials.
    if (answer.status === 401 && (await this.#awaitLogin(this.#authenticator.renew(first), signal))) {
      const renewed = await this.#awaitLogin(this.#authenticator.authorization(), signal);
      return this.#accept(await this.#send(request, renewed, call), mode);
    }
    return this.#accept(answer, mode);
  }

  async #awaitLogin<T>(login: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    this.#waitingForLogin += 1;
    try {
      return await untilAborted(login, signal);
    } finally {
      this.#waitingForLogin -= 1;
      if (this.#waitingForLogin === 0 && signal?.aborted) {
        this.#login.abort(new ConnectionError('Nobody waits for this login any more.', { sent: 'no' }));
        this.#login = new AbortController();
      }
    }
  }

  async #send(request: RequestDraft, authorization: string | undefined, call: Call): Promise<Answer> {
    const headers = this.#headersWith(this.#config.headers, request.headers);
    if (authorization === undefined) headers.delete('authorization');
    else headers.set('authorization', authorization);
    try {
      const answer = await this.#fetch(request.url, { method: request.method, headers, body: request.body }, call);
      if (authorization !== undefined) this.#authenticator.answered(authorization, answer.status);
      return answer;
    } catch (error) {
      const mayHaveLeft = !(ConnectionError.isInstance(error) && error.sent === 'no');
      if ((call.mode === 'start' || call.mode === 'blocking') && mayHaveLeft) throw new LostAnswer(error);
      throw error;
    }
  }

  #headersWith(gateway: Readonly<Record<string, string>>, own: Headers): Headers {
    const headers = new Headers(gateway);
    for (const [name, value] of own) headers.set(name, value);
    headers.set('accept', 'application/json');
    headers.set('user-agent', this.#config.userAgent ?? `restorekit/${VERSION}`);
    return headers;
  }

  async #fetch(
    url: string,
    init: { readonly method: string; readonly headers: Headers; readonly body: string | undefined },
    call: Call,
  ): Promise<Answer> {
    const { method } = init;
    const path = this.#pathOf(url);
    const startedAt = this.clock.now();
    this.#config.onEvent({ type: 'request', at: startedAt, method, path });
    const answer = await withDeadline(
      async (signal) => {
        try {
          const own: FetchLike = (input, options) => globalThis.fetch(input, options);
          const send = this.#config.fetch ?? call.patientFetch ?? own;
          const body = init.body === undefined ? {} : { body: init.body };
          const response = await send(url, { method, headers: init.headers, redirect: 'manual', signal, ...body });
          const kind = call.mode === 'read' ? 'list' : 'decision';
          return await readAnswer(response, url, { kind, isToldByHeaders: call.isToldByHeaders });
        } catch (error) {
          signal.throwIfAborted();
          if (error instanceof OversizedBody) {
            throw new UnexpectedResponseError(`${path} answered ${error.message}.`, { status: error.status });
          }
          throw toConnectionError(error, `${method} ${path}`, this.redactor);
        }
      },
      { clock: this.clock, what: `${method} ${path}`, timeoutMs: this.#timeoutFor(call), signal: call.signal },
    );
    this.#config.onEvent({
      type: 'response',
      at: this.clock.now(),
      method,
      path,
      status: answer.status,
      durationMs: this.clock.now() - startedAt,
      requestId: this.#header(answer.headers, ...REQUEST_ID),
    });
    return answer;
  }

  #timeoutFor(call: Call): number | undefined {
    if (call.requestTimeoutMs !== undefined) return call.requestTimeoutMs;
    if (call.mode === 'blocking') return undefined;
    return this.#config.requestTimeoutMs ?? (call.mode === 'start' ? START_TIMEOUT_MS : READ_TIMEOUT_MS);
  }

  /** Lets a 2xx pass; turns everything else into a typed error, or into a lost answer where a start stays open. */
  #accept(answer: Answer, mode: CallMode): Answer {
    const { status } = answer;
    if (status >= 200 && status < 300) return answer;
    // Of what is in front of a system that restores itself. It says nothing of an operation.
    if (mode === 'poll' && status === 404 && answer.text.trimStart().startsWith('<')) {
      throw this.unexpected(`${this.#pathOf(answer.url)} answered 404 with a page that is not of the API.`, answer);
    }
    const error = status >= 400 ? this.#toApiError(answer) : this.#toRedirectError(answer);
    const isRefusal = status >= 400 && status < 500 && status !== 408;
    if ((mode === 'start' || mode === 'blocking') && !isRefusal) throw new LostAnswer(error);
    throw error;
  }

  #toApiError(answer: Answer): ApiError {
    const { errors: told, serverTrace } = this.redactor.data(parseErrorBody(answer.body));
    // Cut only now: half a secret would no longer be known as one.
    const errors = told.map((error) => ({ ...error, message: error.message.slice(0, LONGEST_TEXT) }));
    const now = this.clock.now();
    const said = errors
      .map((error) => error.message)
      .join('; ')
      .slice(0, LONGEST_TEXT);
    return apiErrorForStatus(`${this.#pathOf(answer.url)} answered ${answer.status}${said ? `: ${said}` : '.'}`, {
      status: answer.status,
      errors,
      serverTrace,
      requestId: this.#header(answer.headers, ...REQUEST_ID),
      retryAfterMs:
        retryAfterMs(answer.headers, now) ??
        (answer.status === 429 ? rateLimitResetMs(answer.headers, now) : undefined),
    });
  }

  #toRedirectError(answer: Answer): UnexpectedResponseError {
    const location = this.#header(answer.headers, 'location') ?? '';
    const host = URL.canParse(location, answer.url) ? new URL(location, answer.url).host : 'an unreadable address';
    return this.unexpected(`${this.#pathOf(answer.url)} redirects to ${host}; redirects are not followed.`, answer);
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
    // Gateway headers are for the system itself; a UAA elsewhere is not entitled to them.
    const gateway = url.origin === this.origin ? this.#config.headers : {};
    const headers = this.#headersWith(gateway, new Headers(request.headers));
    const answer = await this.#fetch(
      request.url,
      { method: request.method, headers, body: request.body },
      { mode: 'poll', signal: this.#login.signal },
    );
    const { status } = answer;
    // A refusal may quote the form with the password in it (VM-30).
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
