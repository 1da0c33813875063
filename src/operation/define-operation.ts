import type { Clock } from '../clock/clock.ts';
import { randomOf } from '../clock/random-of.ts';
import { LONGEST_TIMER_MS, systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import { askedPause } from './asked-pause.ts';
import { type Cadence, delayOf } from './cadence.ts';
import type { OperationEvent } from './events.ts';
import { INTERNALS, type OperationInternals } from './internals.ts';
import type { Lane } from './lane.ts';
import { defaultVerdict, type LookVerdict } from './look-verdict.ts';
import { Looks } from './looks.ts';
import type { Operation, OperationHandle } from './operation.ts';
import { type OperationStatus, type RunningStatus, type StatusDraft, type TerminalStatus, toStatus } from './status.ts';

export interface OperationDefinition<Result> {
  /** `vendor/what-it-does`. */
  readonly kind: string;
  /** The vendor's id. */
  readonly id: string;
  /** Scheme, host and port of the system. */
  readonly origin?: string;
  readonly startedAt: Date;
  /** Takes one look: answers a status, or throws when it could not look. */
  readonly poll: (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> | StatusDraft<Result>;
  /** The caller's own remark; travels in the handle and the events. */
  readonly note?: string;
  /** Further fields of the JSON handle: all that `Result` needs after a resume. No secret. */
  readonly handle?: Readonly<Record<string, unknown>>;
  /**
   * What an error thrown by `poll` means for a wait. @default by the error's type: 401 and 403 'give-up', 404 'absent',
   * 429 'limited', everything else 'outage'
   */
  readonly outage?: (error: unknown) => LookVerdict;
  /** For `until: 'ready'`: whether a running operation can be used already. */
  readonly isReady?: (status: RunningStatus) => boolean;
  /** Default deadline of a wait, in milliseconds. @default 24 h */
  readonly timeoutMs?: number;
  /** Default outage budget of a wait, in milliseconds. @default 30 min */
  readonly outageToleranceMs?: number;
  /** @default adaptiveCadence() */
  readonly cadence?: Cadence;
  /** The clock of `poll().pollAfterMs` and of waits that name none. @default the system's */
  readonly clock?: Clock;
  /** What the answer of the start asked for, in milliseconds: the first look of a wait comes no earlier. */
  readonly pollAfterMs?: number;
  /** Operations of one lane share its cap, and one poll loop for each kind and id. */
  readonly lane?: Lane;
  readonly onEvent?: (event: OperationEvent) => void;
  /** Appended to the message of a `WaitTimeoutError`. */
  readonly timeoutAdvice?: string;
}

/** Makes an operation that can be waited for, watched and saved of anything that can be looked at. */
export function defineOperation<Result>(definition: OperationDefinition<Result>): Operation<Result> {
  const { kind, id, startedAt } = definition;
  if (kind === '') throw new ConfigurationError('kind', 'must not be empty.');
  if (typeof id !== 'string' || id === '') throw new ConfigurationError('id', 'must be a string that is not empty.');
  if (Number.isNaN(startedAt.getTime())) throw new ConfigurationError('startedAt', 'is not a valid date.');
  return new DefinedOperation(definition);
}

class DefinedOperation<Result> implements Operation<Result> {
  readonly kind: string;
  readonly id: string;
  readonly startedAt: Date;
  declare readonly [INTERNALS]: Internals<Result>;

  constructor(definition: OperationDefinition<Result>) {
    this.kind = definition.kind;
    this.id = definition.id;
    this.startedAt = definition.startedAt;
    Object.defineProperty(this, INTERNALS, { value: new Internals(definition) });
  }

  async poll(options: { readonly signal?: AbortSignal } = {}): Promise<OperationStatus<Result>> {
    options.signal?.throwIfAborted();
    const { definition } = this[INTERNALS];
    return withPollAfter(await this[INTERNALS].look(options), definition);
  }

  toJSON(): OperationHandle {
    const { origin, note, handle } = this[INTERNALS].definition;
    return {
      v: 1,
      kind: this.kind,
      id: this.id,
      ...(origin === undefined ? {} : { origin }),
      startedAt: this.startedAt.toISOString(),
      ...(note === undefined ? {} : { note }),
      ...handle,
    };
  }
}

class Internals<Result> implements OperationInternals<Result> {
  readonly definition: OperationDefinition<Result>;
  ended: TerminalStatus<Result> | undefined;
  loop: object | undefined;

  constructor(definition: OperationDefinition<Result>) {
    this.definition = definition;
  }

  async look(options: { readonly signal?: AbortSignal }): Promise<OperationStatus<Result>> {
    return toStatus(await this.definition.poll(options));
  }

  verdict(error: unknown): LookVerdict {
    return RateLimitError.isInstance(error) ? 'limited' : (this.definition.outage ?? defaultVerdict)(error);
  }

  get isReady() {
    return this.definition.isReady;
  }

  get clock() {
    return this.definition.clock;
  }

  get cadence() {
    return this.definition.cadence;
  }

  get timeoutMs() {
    return this.definition.timeoutMs;
  }

  get outageToleranceMs() {
    return this.definition.outageToleranceMs;
  }

  get pollAfterMs() {
    return this.definition.pollAfterMs;
  }

  get lane() {
    return this.definition.lane;
  }

  get onEvent() {
    return this.definition.onEvent;
  }

  get note() {
    return this.definition.note;
  }

  get timeoutAdvice() {
    return this.definition.timeoutAdvice;
  }
}

function withPollAfter<Result>(
  status: OperationStatus<Result>,
  definition: OperationDefinition<Result>,
): OperationStatus<Result> {
  if (status.state !== 'running') return status;
  const { clock = systemClock, cadence, startedAt } = definition;
  const now = clock.now();
  const looks = new Looks();
  looks.good(status.percent, now);
  const delay = delayOf(cadence, looks.history(startedAt.getTime(), now, randomOf(clock)));
  // An engine gives it to a timer as it is.
  const pollAfterMs = Math.min(Math.max(delay, Math.round(askedPause(status.pollAfterMs))), LONGEST_TIMER_MS);
  return toStatus({ ...status, raw: status.raw, pollAfterMs });
}
