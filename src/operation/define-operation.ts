import type { Clock } from '../clock/clock.ts';
import { randomOf } from '../clock/random-of.ts';
import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import { adaptiveCadence, type Cadence } from './cadence.ts';
import type { OperationEvent } from './events.ts';
import { attachInternals, type OperationInternals } from './internals.ts';
import type { Lane } from './lane.ts';
import { defaultVerdict, type LookVerdict } from './look-verdict.ts';
import { Looks } from './looks.ts';
import type { Operation, OperationHandle } from './operation.ts';
import { type OperationStatus, type RunningStatus, type StatusDraft, toStatus } from './status.ts';

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
  const { kind, id, startedAt, clock = systemClock, cadence = adaptiveCadence() } = definition;
  if (kind === '') throw new ConfigurationError('kind', 'must not be empty.');
  if (typeof id !== 'string' || id === '') throw new ConfigurationError('id', 'must be a string that is not empty.');
  if (Number.isNaN(startedAt.getTime())) throw new ConfigurationError('startedAt', 'is not a valid date.');

  const look = async (options: { readonly signal?: AbortSignal }) => toStatus(await definition.poll(options));
  const operation: Operation<Result> = {
    kind,
    id,
    startedAt,
    poll: async (options = {}) => {
      options.signal?.throwIfAborted();
      return withPollAfter(await look(options), startedAt, clock, cadence);
    },
    toJSON: (): OperationHandle => ({
      v: 1,
      kind,
      id,
      ...(definition.origin === undefined ? {} : { origin: definition.origin }),
      startedAt: startedAt.toISOString(),
      ...(definition.note === undefined ? {} : { note: definition.note }),
      ...definition.handle,
    }),
  };
  attachInternals(operation, {
    look,
    verdict: (error) => (RateLimitError.isInstance(error) ? 'limited' : (definition.outage ?? defaultVerdict)(error)),
    isReady: definition.isReady,
    clock: definition.clock,
    cadence: definition.cadence,
    timeoutMs: definition.timeoutMs,
    outageToleranceMs: definition.outageToleranceMs,
    pollAfterMs: definition.pollAfterMs,
    lane: definition.lane,
    onEvent: definition.onEvent,
    note: definition.note,
    timeoutAdvice: definition.timeoutAdvice,
    ended: undefined,
    loop: undefined,
  } satisfies OperationInternals<Result>);
  return operation;
}

function withPollAfter<Result>(
  status: OperationStatus<Result>,
  startedAt: Date,
  clock: Clock,
  cadence: Cadence,
): OperationStatus<Result> {
  if (status.state !== 'running') return status;
  const now = clock.now();
  const looks = new Looks();
  looks.good(status.percent, now);
  const delay = cadence(looks.history(startedAt.getTime(), now, randomOf(clock)));
  return toStatus({ ...status, raw: status.raw, pollAfterMs: Math.round(Math.max(delay, status.pollAfterMs ?? 0)) });
}
