import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { Answer } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Call } from '../http/call.ts';
import { Transport } from '../http/transport.ts';
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
import type { SystemTraits } from './traits.ts';

/** One configured system: its transport and what its operations share. */
export class System {
  readonly transport: Transport;
  readonly traits: SystemTraits;
  readonly clock: Clock;
  readonly baseUrl: string;
  /** How often a start is sent again if it certainly was not sent. */
  readonly retryUnsentStarts: number;
  readonly #shared = new SharedPolling();
  readonly #onEvent: (event: ClientEvent) => void;

  constructor(options: ClientOptions, traits: SystemTraits) {
    const { baseUrl } = checkOptions(options, traits.accepts);
    if (traits.strayPath) baseUrl.pathname = baseUrl.pathname.replace(traits.strayPath, '');
    this.traits = traits;
    this.clock = options.clock ?? systemClock;
    this.retryUnsentStarts = options.retryUnsentStarts ?? 0;
    this.#onEvent = (event) => callHandler(options.onEvent, event);
    this.transport = new Transport({
      baseUrl,
      auth: options.auth,
      traits,
      tokenPath: traits.tokenPath,
      tokenFields: traits.tokenFields,
      clock: this.clock,
      fetch: options.fetch,
      headers: options.headers ?? {},
      userAgent: options.userAgent,
      requestTimeoutMs: options.requestTimeoutMs,
      allowInsecureHttp: options.allowInsecureHttp === true,
      queue: new ConcurrencyLimit(options.maxInFlight ?? 64),
      onEvent: this.#onEvent,
    });
    this.baseUrl = this.transport.base;
  }

  /** Calls the caller's `onEvent`. */
  event(event: ClientEvent): void {
    this.#onEvent(event);
  }

  /** Sends a read, which is repeated after a temporary failure, and checks the answer against a schema. */
  async read<S extends z.Schema>(
    request: ApiRequest,
    schema: S,
    options: CallOptions & Pick<Call, 'anonymous' | 'usualTimeoutMs' | 'tries'> = {},
  ): Promise<z.Output<S>> {
    return this.parse(schema, await this.transport.send(request, { ...options, mode: 'read' }));
  }

  /** Sends one poll of an operation. It is never repeated, and the answer must be JSON. */
  async poll(
    request: ApiRequest,
    options: Pick<Call, 'signal' | 'requestTimeoutMs' | 'anonymous'>,
  ): Promise<PollResponse> {
    const answer = await this.transport.send(request, { ...options, mode: 'poll' });
    const { status, headers } = answer;
    return { status, headers, body: this.transport.json(answer), at: this.clock.now() };
  }

  /** Sends a request that changes something but starts no restore. It is never repeated. */
  async write(request: ApiRequest, options: CallOptions = {}): Promise<Answer> {
    return this.transport.send(request, { ...options, mode: 'write' });
  }

  /** @throws {UnexpectedResponseError} the answer is not JSON, or does not have the documented shape */
  parse<S extends z.Schema>(schema: S, answer: Answer): z.Output<S> {
    const result = z.safeParse(schema, this.transport.json(answer));
    if (result.success) return result.data;
    throw this.transport.unexpected(
      `The answer of ${new URL(answer.url).pathname} does not have the documented shape.`,
      answer,
      { issues: z.issuesOf(result.error) },
    );
  }

  /**
   * Makes an operation with the base URL, the clock and the limits of this system. Secrets are removed from its status.
   */
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
