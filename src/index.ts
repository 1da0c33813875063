export type { Auth, AuthKind, Secret } from './auth/auth.ts';
export { type BasicAuthOptions, basicAuth } from './auth/basic-auth.ts';
export { bearerToken } from './auth/bearer-token.ts';
export { docspaceApiKey } from './auth/docspace-api-key.ts';
export {
  type UaaClientCredentialsOptions,
  type UaaPasswordOptions,
  uaaClientCredentials,
  uaaPassword,
} from './auth/uaa.ts';
export { type VeeamPasswordOptions, veeamPassword } from './auth/veeam-password.ts';
export type { CallOptions, ClientEvent, ClientOptions } from './client/client-options.ts';
export type { Items } from './client/items.ts';
export { type ResumingClient, resume } from './client/resume.ts';
export type { Clock } from './clock/clock.ts';
export { systemClock } from './clock/system-clock.ts';
export { CloudFoundryClient } from './cloud-foundry/client.ts';
export { DocSpaceClient } from './docspace/client.ts';
export { AccessLostError } from './errors/access-lost-error.ts';
export { ApiError, type VendorError } from './errors/api-error.ts';
export { AuthenticationError } from './errors/authentication-error.ts';
export { ConfigurationError } from './errors/configuration-error.ts';
export { ConflictError } from './errors/conflict-error.ts';
export { ConnectionError } from './errors/connection-error.ts';
export { HandleError } from './errors/handle-error.ts';
export { NotFoundError } from './errors/not-found-error.ts';
export { OperationFailedError } from './errors/operation-failed-error.ts';
export { OutageError } from './errors/outage-error.ts';
export { OutcomeUnknownError } from './errors/outcome-unknown-error.ts';
export { PartialRestoreError } from './errors/partial-restore-error.ts';
export { PermissionError } from './errors/permission-error.ts';
export { RateLimitError } from './errors/rate-limit-error.ts';
export { RequestTimeoutError } from './errors/request-timeout-error.ts';
export { RestoreInProgressError } from './errors/restore-in-progress-error.ts';
export { RestoreKitError } from './errors/restore-kit-error.ts';
export { ServerError } from './errors/server-error.ts';
export { type Reconciliation, StartOutcomeUnknownError } from './errors/start-outcome-unknown-error.ts';
export { UnexpectedResponseError } from './errors/unexpected-response-error.ts';
export { UntrustedLocationError } from './errors/untrusted-location-error.ts';
export { ValidationError } from './errors/validation-error.ts';
export { WaitAbortedError } from './errors/wait-aborted-error.ts';
export { WaitTimeoutError } from './errors/wait-timeout-error.ts';
export { adaptiveCadence, type Cadence, type LookHistory } from './operation/cadence.ts';
export { defineOperation } from './operation/define-operation.ts';
export { handleToText } from './operation/handle-text.ts';
export type { Operation, OperationHandle, SavedHandle } from './operation/operation.ts';
export type { OperationDefinition } from './operation/operation-definition.ts';
export type { RestoreResult } from './operation/restore-result.ts';
export type { OperationStatus, Step, Warning } from './operation/status.ts';
export { type WaitForAllOptions, waitForAll } from './operation/wait-for-all.ts';
export { waitForCompletion } from './operation/wait-for-completion.ts';
export type { WaitOptions } from './operation/wait-options.ts';
export type { ReadyResult, WaitResult } from './operation/wait-result.ts';
export { type WatchUpdate, watch } from './operation/watch.ts';
export { OracleEpmClient } from './oracle-epm/client.ts';
export { VeeamM365V5Client } from './veeam-m365/v5-client.ts';
export { VeeamM365V6Client } from './veeam-m365/v6-client.ts';
