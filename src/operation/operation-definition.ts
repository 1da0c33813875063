import type { Clock } from '../clock/clock.ts';
import type { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import type { Cadence } from './cadence.ts';
import type { OperationEvent } from './events.ts';
import type { PollVerdict } from './poll-verdict.ts';
import type { SharedPolling } from './shared-polling.ts';
import type { RunningStatus, StatusDraft, TerminalStatus } from './status.ts';

/** How an operation ended: a terminal status, or the error of an end without a verdict. */
export type OperationEnd<Result> =
  | { readonly status: TerminalStatus<Result>; readonly error?: undefined }
  | { readonly error: OutcomeUnknownError; readonly status?: undefined };

export interface OperationDefinition<Result> {
  /** `vendor/what-it-does`. */
  readonly kind: string;
  /** The vendor's id. */
  readonly id: string;
  /** Base URL of the system, with the prefix of a gateway. */
  readonly baseUrl?: string | undefined;
  /** When the operation was started: a Date, or an ISO 8601 text with a zone. */
  readonly startedAt: Date | string;
  /**
   * Polls once: returns a status, or throws if it could not read one. It throws an `OutcomeUnknownError` with the
   * reason 'ended-without-verdict' if the operation has ended and its outcome cannot be known.
   */
  readonly poll: (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> | StatusDraft<Result>;
  /** The caller's own remark. It is copied into the handle and the events. */
  readonly note?: string | undefined;
  /** Additional fields of the JSON handle: all that `Result` needs after a resume. No secret. */
  readonly handle?: Readonly<Record<string, unknown>> | undefined;
  /**
   * What an error thrown by `poll` means for a wait. @default by the error's type: 401 and 403 'give-up', 404 'absent',
   * 429 'limited', everything else 'outage'
   */
  readonly outage?: ((error: unknown) => PollVerdict) | undefined;
  /** For `until: 'ready'`: whether a running operation can already be used. */
  readonly isReady?: ((status: RunningStatus) => boolean) | undefined;
  /**
   * Called once, with the first end that a wait or `poll()` sees, before the end is reported to the caller. If it
   * returns a promise, the end is reported when that settles, after 10 s at the latest. If it throws, the error is
   * reported as an event, and the end is reported nevertheless.
   *
   * @example
   * onEnded: async ({ status, error }) => {
   *   await records.close(id, status?.state ?? error.reason);
   * }
   */
  readonly onEnded?: ((end: OperationEnd<Result>) => unknown) | undefined;
  /** Default deadline of a wait, in milliseconds. @default 24 h */
  readonly timeoutMs?: number | undefined;
  /** Default outage budget of a wait, in milliseconds. @default 30 min */
  readonly outageToleranceMs?: number | undefined;
  /** @default adaptiveCadence() */
  readonly cadence?: Cadence | undefined;
  /** The clock of `poll().pollAfterMs` and the default clock of waits. @default the system clock */
  readonly clock?: Clock | undefined;
  /** The pause that the answer of the start asked for, in milliseconds. The first poll of a wait is not earlier. */
  readonly pollAfterMs?: number | undefined;
  /** Operations with the same object share one circuit breaker, and one poll loop per kind and id. */
  readonly shared?: SharedPolling | undefined;
  readonly onEvent?: ((event: OperationEvent) => void) | undefined;
  /** Appended to the message of a `WaitTimeoutError`. */
  readonly timeoutAdvice?: string | undefined;
}
