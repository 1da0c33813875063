import type { Clock } from '../clock/clock.ts';
import type { Cadence } from './cadence.ts';
import type { OperationEvent } from './events.ts';
import type { Lane } from './lane.ts';
import type { PollVerdict } from './poll-verdict.ts';
import type { RunningStatus, StatusDraft } from './status.ts';

export interface OperationDefinition<Result> {
  /** `vendor/what-it-does`. */
  readonly kind: string;
  /** The vendor's id. */
  readonly id: string;
  /** Base URL of the system, with the prefix of a gateway. */
  readonly baseUrl?: string;
  readonly startedAt: Date;
  /** Takes one poll: answers a status, or throws when it could not poll. */
  readonly poll: (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> | StatusDraft<Result>;
  /** The caller's own remark; travels in the handle and the events. */
  readonly note?: string;
  /** Further fields of the JSON handle: all that `Result` needs after a resume. No secret. */
  readonly handle?: Readonly<Record<string, unknown>>;
  /**
   * What an error thrown by `poll` means for a wait. @default by the error's type: 401 and 403 'give-up', 404 'absent',
   * 429 'limited', everything else 'outage'
   */
  readonly outage?: (error: unknown) => PollVerdict;
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
  /** What the answer of the start asked for, in milliseconds: the first poll of a wait comes no earlier. */
  readonly pollAfterMs?: number;
  /** Operations of one lane share its cap, and one poll loop for each kind and id. */
  readonly lane?: Lane;
  readonly onEvent?: (event: OperationEvent) => void;
  /** Appended to the message of a `WaitTimeoutError`. */
  readonly timeoutAdvice?: string;
}
