export type { Clock } from '../clock/clock.ts';
export { KeyMismatchError } from '../errors/key-mismatch-error.ts';
export { RestoreInProgressError } from '../errors/restore-in-progress-error.ts';
export {
  type ReconcileOptions,
  type Reconciliation,
  StartOutcomeUnknownError,
} from '../errors/start-outcome-unknown-error.ts';
export { StoreError } from '../errors/store-error.ts';
export { type FollowStartOptions, followStart } from './follow-start.ts';
export { type ListStartsOptions, listStarts, type Starts } from './list-starts.ts';
export { memoryStore } from './memory-store.ts';
export { type ObjectCalls, type ObjectStoreMaker, type ObjectStoreOptions, objectStore } from './object-store.ts';
export type { ListOptions, RestoreStore, StoredValue } from './restore-store.ts';
export { type SettleStartOptions, settleStart } from './settle-start.ts';
export { createTableSql, type SqlStoreOptions, sqlStore } from './sql-store.ts';
export type { LostStart, StartOnceClient } from './start-client.ts';
export type { InputContext, RecordedInput, StartInput } from './start-input.ts';
export { startOnce } from './start-once.ts';
export type { StartContext, StartOnceOptions } from './start-options.ts';
export type { StartRecord, StartState } from './start-record.ts';
export type { StartTarget, StartTargetInput } from './start-target.ts';
export { type StoreCheck, storeConformance } from './store-conformance.ts';
