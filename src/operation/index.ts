export type { Clock } from '../clock/clock.ts';
export { systemClock } from '../clock/system-clock.ts';
export {
  type AdaptiveCadenceOptions,
  adaptiveCadence,
  type Cadence,
  type PercentSample,
  type PollHistory,
} from './cadence.ts';
export { ConcurrencyLimit } from './concurrency-limit.ts';
export { defineOperation } from './define-operation.ts';
export type { RemainingTime } from './estimate-remaining.ts';
export type { OperationEvent } from './events.ts';
export { handleToText } from './handle-text.ts';
export { historyCadence } from './history-cadence.ts';
export type { Operation, OperationHandle, SavedHandle } from './operation.ts';
export type { OperationDefinition, OperationEnd } from './operation-definition.ts';
export type { PollVerdict } from './poll-verdict.ts';
export type { RestoreResult } from './restore-result.ts';
export { SharedPolling } from './shared-polling.ts';
export type {
  CanceledStatus,
  FailedStatus,
  Failure,
  OperationStatus,
  PartialStatus,
  RunningStatus,
  StatusDraft,
  Step,
  SucceededStatus,
  TerminalStatus,
  UnreachableUpdate,
  WaitUpdate,
  Warning,
} from './status.ts';
export { useDurations } from './use-durations.ts';
export { type UsualDuration, usualDuration } from './usual-duration.ts';
export { type WaitForAllOptions, waitForAll } from './wait-for-all.ts';
export { waitForCompletion } from './wait-for-completion.ts';
export type { WaitOptions } from './wait-options.ts';
export type { ReadyResult, WaitResult } from './wait-result.ts';
export { type Timing, type WatchUpdate, watch } from './watch.ts';
