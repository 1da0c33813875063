export type { Clock } from '../clock/clock.ts';
export { RestoreInProgressError } from '../errors/restore-in-progress-error.ts';
export {
  type ReconcileOptions,
  type Reconciliation,
  StartOutcomeUnknownError,
} from '../errors/start-outcome-unknown-error.ts';
export { type FollowStartOptions, followStart } from './follow-start.ts';
export { listStarts } from './list-starts.ts';
export { memoryStore } from './memory-store.ts';
export { type ObjectCalls, objectStore } from './object-store.ts';
export type { RestoreStore, StoredValue } from './restore-store.ts';
export { type SettleStartOptions, settleStart } from './settle-start.ts';
export { createTableSql, type SqlStoreOptions, sqlStore } from './sql-store.ts';
export type { LostStart, StartOnceClient } from './start-client.ts';
export { type StartContext, type StartOnceOptions, startOnce } from './start-once.ts';
export type { StartRecord, StartState } from './start-record.ts';
export type { StartTarget, StartTargetInput } from './start-target.ts';
export { type StoreCheck, storeConformance } from './store-conformance.ts';
