import type { Client } from 'openapi-fetch';
import type { AuthKind } from '../auth/auth.ts';
import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { markNotStarted } from '../errors/not-started.ts';
import {
  type ReconcileOptions,
  type Reconciliation,
  StartOutcomeUnknownError,
} from '../errors/start-outcome-unknown-error.ts';
import type { Answer } from '../http/answer.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import { type FetchLike, Transport, type Via } from '../http/transport.ts';
import { callHandler } from '../operation/call-handler.ts';
import { ConcurrencyLimit } from '../operation/concurrency-limit.ts';
import { defineOperation } from '../operation/define-operation.ts';
import type { Operation } from '../operation/operation.ts';
import type { OperationDefinition } from '../operation/operation-definition.ts';
import { SharedPolling } from '../operation/shared-polling.ts';
import type { StatusDraft } from '../operation/status.ts';
import type { PollResponse } from '../protocols/poll-response.ts';
import * as z from '../schema/schema.ts';
import { checkOptions } from './check-options.ts';
import type { CallOptions, ClientEvent, ClientOptions } from './client-options.ts';

export interface SystemTraits {
  /** Auth makers that fit. */
  readonly accepts: readonly AuthKind[];
  /** Path of the system's own token endpoint. */
  readonly tokenPath?: string;
  /** What people paste behind the base URL although it is no part of it (OE-24). */
  readonly strayPath?: RegExp;
}

export interface StartCall<T> {
  /** In the message of a lost answer: 'the restore of environment ...'. */
  readonly what: string;
  readonly send: (via: Via) => Promise<unknown>;
  /**
   * Makes sense of a 2xx. Throws an error with `started: 'yes'` where the vendor accepted the start and it cannot be
   * followed, and `LostAnswer` where the answer does not even say that.
   */
  readonly parseStartResponse: (answer: Answer, startedAt: Date) => T;
  readonly reconcile: (startedAt: Date, options: ReconcileOptions) => Promise<Reconciliation<T>>;
  /** What a person should do about a lost answer. @default to ask reconcile() */
  readonly advice?: string;
  readonly note?: string | undefined;
  /** Of a call that answers only when all is done. */
  readonly patientFetch?: FetchLike;
  /** The `Location` of a 202 says all; its body is not read. */
  readonly isToldByHeaders?: boolean;
}

const FIRST_START_PAUSE_MS = 1_000;
const LONGEST_START_PAUSE_MS = 60_000;

/** One configured system: its transport, its typed API, and what its operations share. */
export class System<Paths extends object> {
  readonly transport: Transport;
  readonly api: Client<Paths>;
  readonly clock: Clock;
  readonly baseUrl: string;
  readonly #shared = new SharedPolling();
  readonly #retryUnsentStarts: number;
  readonly #onEvent: (event: ClientEvent) => void;

  constructor(options: ClientOptions, traits: SystemTraits) {
    const { baseUrl } = checkOptions(options, traits.accepts);
    if (traits.strayPath) baseUrl.pathname = baseUrl.pathname.replace(traits.strayPath, '');
    this.clock = options.clock ?? systemClock;
    this.#retryUnsentStarts = options.retryUnsentStarts ?? 0;
    this.#onEvent = (event) => callHandler(options.onEvent, event);
    this.transport = new Transport({
      baseUrl,
      auth: options.auth,
      tokenPath: traits.tokenPath,
      clock: this.clock,
      fetch: options.fetch,
      headers: options.headers ?? {},
      userAgent: options.userAgent,
      requestTimeoutMs: options.requestTimeoutMs,
      allowInsecureHttp: options.allowInsecureHttp === true,
      queue: new ConcurrencyLimit(options.maxInFlight ?? 64),
      onEvent: this.#onEvent,
    });
    this.api = this.transport.api<Paths>();
    this.baseUrl = this.transport.base;
  }

  /** A read that is retried where that can help, checked against the schema of its boundary. */
  async read<S extends z.Schema>(
    send: (via: Via) => Promise<unknown>,
    schema: S,
    options: CallOptions & { readonly anonymous?: boolean } = {},
  ): Promise<z.Output<S>> {
    return this.parse(schema, await this.transport.call(send, { ...options, mode: 'read' }));
  }

  /** One poll of an operation: never retried, JSON insisted on. */
  async poll(
    send: (via: Via) => Promise<unknown>,
    options: { readonly signal?: AbortSignal | undefined; readonly anonymous?: boolean },
  ): Promise<PollResponse> {
    const answer = await this.transport.call(send, { ...options, mode: 'poll' });
    const { status, headers } = answer;
    return { status, headers, body: this.transport.json(answer), at: this.clock.now() };
  }

  /** @throws {UnexpectedResponseError} the answer is no JSON, or not of the documented shape */
  parse<S extends z.Schema>(schema: S, answer: Answer): z.Output<S> {
    const result = z.safeParse(schema, this.transport.json(answer));
    if (result.success) return result.data;
    throw this.transport.unexpected(
      `The answer of ${new URL(answer.url).pathname} is not of the documented shape.`,
      answer,
      { issues: z.issuesOf(result.error) },
    );
  }

  /**
   * Sends a start call, once.
   * @throws {StartOutcomeUnknownError} it may have been sent, and no answer tells what became of it
   */
  async start<T>(call: StartCall<T>, options: CallOptions): Promise<T> {
    if (call.note !== undefined && typeof call.note !== 'string') {
      throw new ConfigurationError('note', 'must be a text.');
    }
    const startedAt = new Date(this.clock.now());
    try {
      return call.parseStartResponse(await this.#sendStart(call, options), startedAt);
    } catch (error) {
      if (!(error instanceof LostAnswer)) throw error;
      const note = call.note === undefined ? '' : ` (${call.note})`;
      throw new StartOutcomeUnknownError<T>(
        this.transport.redactor.text(
          `It is not known whether ${call.what}${note} was started: ${describe(error.cause)} It is not sent again; ask reconcile().`,
        ),
        {
          cause: this.transport.redactor.error(error.cause),
          advice: call.advice ?? 'Do not start it again before you know. reconcile() reads what the vendor can tell.',
          reconcile: (reconcileOptions = {}) => this.reconciled(call.reconcile(startedAt, reconcileOptions)),
        },
      );
    }
  }

  /** What a reconciliation tells, secrets removed: its evidence quotes the server. */
  async reconciled<T>(reconciling: Promise<Reconciliation<T>>): Promise<Reconciliation<T>> {
    const told = await reconciling;
    return told.outcome === 'unknown' ? this.transport.redactor.data(told) : told;
  }

  async #sendStart<T>(call: StartCall<T>, options: CallOptions): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { isToldByHeaders, patientFetch } = call;
        return await this.transport.call(call.send, {
          ...options,
          mode: patientFetch ? 'blocking' : 'start',
          isToldByHeaders,
          patientFetch,
        });
      } catch (error) {
        if (error instanceof LostAnswer) throw error;
        // What is no lost answer came before the start could take effect: no token, no connection, a refusal.
        const isUnsent = ConnectionError.isInstance(error) && error.sent === 'no';
        if (!isUnsent || attempt > this.#retryUnsentStarts) throw markNotStarted(error);
        const delayMs = Math.min(LONGEST_START_PAUSE_MS, FIRST_START_PAUSE_MS * 2 ** (attempt - 1));
        this.#onEvent({ type: 'retry', at: this.clock.now(), attempt: attempt + 1, delayMs, error });
        await this.clock.sleep(delayMs, options.signal);
      }
    }
  }

  /** An operation of this system: its base URL and clock, secrets removed from what it tells. */
  operation<Result>(definition: OperationDefinition<Result>): Operation<Result> {
    const { redactor } = this.transport;
    return defineOperation<Result>({
      baseUrl: this.baseUrl,
      clock: this.clock,
      shared: this.#shared,
      onEvent: this.#onEvent,
      ...definition,
      poll: async (options) => {
        const { raw, ...visible } = await definition.poll(options);
        return { ...redactor.data(visible), raw } as StatusDraft<Result>;
      },
    });
  }
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'the call was aborted.';
}
