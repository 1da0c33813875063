import { AccessLostError } from '../errors/access-lost-error.ts';
import { ApiError } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { HandleError } from '../errors/handle-error.ts';
import { IncompleteTransferError } from '../errors/incomplete-transfer-error.ts';
import { KeyMismatchError } from '../errors/key-mismatch-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutageError } from '../errors/outage-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { RestoreInProgressError } from '../errors/restore-in-progress-error.ts';
import { RestoreRunningError } from '../errors/restore-running-error.ts';
import { SelectionError } from '../errors/selection-error.ts';
import { ServerError } from '../errors/server-error.ts';
import { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { ValidationError } from '../errors/validation-error.ts';
import { WaitAbortedError } from '../errors/wait-aborted-error.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { WriteOutcomeUnknownError } from '../errors/write-outcome-unknown-error.ts';
import {
  explainApi,
  explainAuthentication,
  explainConfiguration,
  explainConflict,
  explainConnection,
  explainHandle,
  explainNotFound,
  explainPermission,
  explainRateLimit,
  explainRunning,
  explainSelection,
  explainServer,
  explainTimeoutOfRequest,
  explainTransfer,
  explainUnexpected,
  explainWrite,
} from './explain-calls.ts';
import {
  explainAborted,
  explainAccessLost,
  explainFailed,
  explainLostStart,
  explainOutage,
  explainPartial,
  explainTimeout,
  explainUnknownOutcome,
} from './explain-outcomes.ts';
import { explainInProgress, explainKeyMismatch, explainStore } from './explain-start-once.ts';
import type { Explanation } from './explanation.ts';

/** Explains errors of one class. Returns undefined for other errors. */
export type Explain = (error: unknown) => Explanation | undefined;

function row<E>(
  kind: { readonly brand: string; isInstance(error: unknown): error is E },
  explain: (error: E) => Explanation,
): readonly [brand: string, explain: Explain] {
  return [kind.brand, (error) => (kind.isInstance(error) ? explain(error) : undefined)];
}

/** One explanation per error class of this package, subclasses before their base class. The first match is used. */
export const explanations: readonly (readonly [brand: string, explain: Explain])[] = [
  row(OperationFailedError, explainFailed),
  row(PartialRestoreError, explainPartial),
  row(StartOutcomeUnknownError, explainLostStart),
  row(WaitTimeoutError, explainTimeout),
  row(WaitAbortedError, explainAborted),
  row(AccessLostError, explainAccessLost),
  row(OutageError, explainOutage),
  row(OutcomeUnknownError, explainUnknownOutcome),
  row(ConfigurationError, explainConfiguration),
  row(HandleError, explainHandle),
  row(SelectionError, explainSelection),
  row(RestoreInProgressError, explainInProgress),
  row(KeyMismatchError, explainKeyMismatch),
  row(StoreError, explainStore),
  row(RestoreRunningError, explainRunning),
  row(WriteOutcomeUnknownError, explainWrite),
  row(UnexpectedResponseError, explainUnexpected),
  row(UntrustedLocationError, explainUnexpected),
  row(ConnectionError, explainConnection),
  row(RequestTimeoutError, explainTimeoutOfRequest),
  row(IncompleteTransferError, explainTransfer),
  row(AuthenticationError, explainAuthentication),
  row(PermissionError, explainPermission),
  row(NotFoundError, explainNotFound),
  row(ConflictError, explainConflict),
  row(ValidationError, explainApi),
  row(RateLimitError, explainRateLimit),
  row(ServerError, explainServer),
  row(ApiError, explainApi),
];
