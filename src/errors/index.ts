export { AccessLostError } from './access-lost-error.ts';
export { ApiError, type ApiErrorDetails, type VendorError } from './api-error.ts';
export { apiErrorForStatus } from './api-error-for-status.ts';
export { AuthenticationError, type AuthenticationReason } from './authentication-error.ts';
export { ConfigurationError } from './configuration-error.ts';
export { ConflictError } from './conflict-error.ts';
export { ConnectionError } from './connection-error.ts';
export { HandleError } from './handle-error.ts';
export { IncompleteTransferError, type IncompleteTransferReason } from './incomplete-transfer-error.ts';
export { KeyMismatchError } from './key-mismatch-error.ts';
export { NotFoundError } from './not-found-error.ts';
export { markNotStarted } from './not-started.ts';
export { OperationFailedError } from './operation-failed-error.ts';
export { OutageError } from './outage-error.ts';
export { type OutcomeUnknownDetails, OutcomeUnknownError } from './outcome-unknown-error.ts';
export { PartialRestoreError } from './partial-restore-error.ts';
export { PermissionError } from './permission-error.ts';
export { RateLimitError } from './rate-limit-error.ts';
export { RequestTimeoutError } from './request-timeout-error.ts';
export { RestoreInProgressError } from './restore-in-progress-error.ts';
export { RestoreKitError, type Started } from './restore-kit-error.ts';
export { RestoreRunningError } from './restore-running-error.ts';
export { SelectionError } from './selection-error.ts';
export { ServerError } from './server-error.ts';
export {
  type ReconcileOptions,
  type Reconciliation,
  StartOutcomeUnknownError,
} from './start-outcome-unknown-error.ts';
export { StoreError } from './store-error.ts';
export { type UnexpectedResponseDetails, UnexpectedResponseError } from './unexpected-response-error.ts';
export { UntrustedLocationError } from './untrusted-location-error.ts';
export { ValidationError } from './validation-error.ts';
export { WaitAbortedError } from './wait-aborted-error.ts';
export type { EndedWait, Observations, SeenHandle } from './wait-facts.ts';
export { WaitTimeoutError } from './wait-timeout-error.ts';
export { WriteOutcomeUnknownError } from './write-outcome-unknown-error.ts';
