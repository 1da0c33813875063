import { AccessLostError } from '../errors/access-lost-error.ts';
import { ApiError } from '../errors/api-error.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { HandleError } from '../errors/handle-error.ts';
import { IncompleteTransferError } from '../errors/incomplete-transfer-error.ts';
import { KeyMismatchError } from '../errors/key-mismatch-error.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutageError } from '../errors/outage-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { RestoreInProgressError } from '../errors/restore-in-progress-error.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';
import { RestoreRunningError } from '../errors/restore-running-error.ts';
import { SelectionError } from '../errors/selection-error.ts';
import { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { WaitAbortedError } from '../errors/wait-aborted-error.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { WriteOutcomeUnknownError } from '../errors/write-outcome-unknown-error.ts';
import type { ExitCodeName } from './exit-codes.ts';

type Row = readonly [kind: { isInstance(error: unknown): boolean }, name: ExitCodeName];

/** Codes that do not depend on `started`: ends and unknown outcomes. Subclasses come before their base class. */
const OF_RESTORES: readonly Row[] = [
  [PartialRestoreError, 'partial'],
  [WaitTimeoutError, 'waitTimeout'],
  [OutageError, 'outage'],
  [AccessLostError, 'accessLost'],
  [WaitAbortedError, 'waitAborted'],
  [StartOutcomeUnknownError, 'startOutcomeUnknown'],
  [OutcomeUnknownError, 'outcomeUnknown'],
  [RestoreRunningError, 'restoreRunning'],
  [WriteOutcomeUnknownError, 'writeOutcomeUnknown'],
];

/** Codes if a restore was started or may have been started. */
const AFTER_A_START: readonly Row[] = [
  [StoreError, 'storeAfterStart'],
  [UnexpectedResponseError, 'startedUnfollowable'],
  [UntrustedLocationError, 'startedUnfollowable'],
];

/** Codes if nothing was started. */
const OF_CALLS: readonly Row[] = [
  [ConfigurationError, 'configuration'],
  [HandleError, 'configuration'],
  [SelectionError, 'configuration'],
  [StoreError, 'store'],
  [KeyMismatchError, 'keyMismatch'],
  [RestoreInProgressError, 'inProgress'],
  [ApiError, 'apiRefused'],
  [ConnectionError, 'noAnswer'],
  [RequestTimeoutError, 'noAnswer'],
  [IncompleteTransferError, 'noAnswer'],
  [UnexpectedResponseError, 'noAnswer'],
  [UntrustedLocationError, 'noAnswer'],
];

/** Never returns 'succeeded', not even if undefined was thrown. */
export function exitCodeNameForError(error: unknown): ExitCodeName {
  if (!RestoreKitError.isInstance(error)) return 'other';
  if (OperationFailedError.isInstance(error)) return error.state === 'canceled' ? 'canceled' : 'failed';
  const rest = error.started === 'no' ? OF_CALLS : AFTER_A_START;
  const otherwise = error.started === 'no' ? 'other' : 'outcomeUnknown';
  return nameIn(OF_RESTORES, error) ?? nameIn(rest, error) ?? otherwise;
}

function nameIn(rows: readonly Row[], error: RestoreKitError): ExitCodeName | undefined {
  return rows.find(([kind]) => kind.isInstance(error))?.[1];
}
