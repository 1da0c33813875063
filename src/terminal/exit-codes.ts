import { AccessLostError } from '../errors/access-lost-error.ts';
import { ApiError } from '../errors/api-error.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { HandleError } from '../errors/handle-error.ts';
import { KeyMismatchError } from '../errors/key-mismatch-error.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutageError } from '../errors/outage-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { RestoreInProgressError } from '../errors/restore-in-progress-error.ts';
import { RestoreRunningError } from '../errors/restore-running-error.ts';
import { SelectionError } from '../errors/selection-error.ts';
import { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { WaitAbortedError } from '../errors/wait-aborted-error.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { WriteOutcomeUnknownError } from '../errors/write-outcome-unknown-error.ts';

/**
 * Exit codes for a CLI. 10 to 19: it ended, and not well. 20 to 29: the restore may be running, or may have ended
 * either way; never start it again because of one of these. Others: nothing was restored by this call.
 */
export const exitCodes = {
  succeeded: 0,
  other: 1,
  configuration: 2,
  failed: 10,
  canceled: 11,
  partial: 12,
  waitTimeout: 20,
  outage: 21,
  accessLost: 22,
  waitAborted: 23,
  startOutcomeUnknown: 24,
  startedUnfollowable: 25,
  restoreRunning: 26,
  storeAfterStart: 27,
  outcomeUnknown: 29,
  apiRefused: 30,
  noAnswer: 31,
  inProgress: 32,
  keyMismatch: 33,
  store: 34,
  writeOutcomeUnknown: 35,
} as const;

export type ExitCodeName = keyof typeof exitCodes;

const MEANINGS: Readonly<Record<ExitCodeName, string>> = {
  succeeded: 'The restore succeeded.',
  other: 'An error that this package does not throw on purpose.',
  configuration: 'A wrong option, argument or handle, or a name that does not choose one thing. Nothing was started.',
  failed: 'The vendor said that the restore failed.',
  canceled: 'The vendor said that the restore was canceled.',
  partial: 'The restore ended, and not all of it was restored.',
  waitTimeout: 'Our deadline is over. The restore may be running.',
  outage: 'The restore could not be seen for too long, or the vendor no longer knows it. It may be running.',
  accessLost: 'The credentials or permissions to poll are gone. The restore may be running.',
  waitAborted: 'The wait was aborted. The restore may be running.',
  startOutcomeUnknown: 'The start was sent and its answer lost. The restore may be running.',
  startedUnfollowable: 'The start was accepted, in an answer that cannot be followed. The restore runs.',
  restoreRunning: 'A session was not stopped, since a restore in it has no end yet.',
  storeAfterStart: 'The store of startOnce failed after the start was sent. The restore may be running.',
  outcomeUnknown: 'The outcome is not known, for another reason. The restore may be running.',
  apiRefused: 'The system answered, and refused the call.',
  noAnswer: 'No answer, or none that is of the documented shape, to a call that starts nothing.',
  inProgress: 'The target has another restore that is not known to have ended. Nothing was sent.',
  keyMismatch: 'The key of startOnce stands for another restore already. Nothing was sent.',
  store: 'The store of startOnce failed. Nothing was started.',
  writeOutcomeUnknown: 'A change that is no restore was sent, and its answer was lost.',
};

/** The exit codes with their meanings, for `--help` and documentation. */
export const exitCodeTable: readonly {
  readonly code: number;
  readonly name: ExitCodeName;
  readonly meaning: string;
}[] = (Object.keys(exitCodes) as ExitCodeName[]).map((name) => ({
  code: exitCodes[name],
  name,
  meaning: MEANINGS[name],
}));

/** The exit code of an error. Never 0: whatever was thrown, even nothing, is no success. */
export function exitCodeFor(error: unknown): number {
  return exitCodes[exitCodeNameFor(error)];
}

function exitCodeNameFor(error: unknown): ExitCodeName {
  if (OperationFailedError.isInstance(error)) return error.state;
  if (PartialRestoreError.isInstance(error)) return 'partial';
  if (WaitTimeoutError.isInstance(error)) return 'waitTimeout';
  if (OutageError.isInstance(error)) return 'outage';
  if (AccessLostError.isInstance(error)) return 'accessLost';
  if (WaitAbortedError.isInstance(error)) return 'waitAborted';
  if (StartOutcomeUnknownError.isInstance(error)) return 'startOutcomeUnknown';
  if (OutcomeUnknownError.isInstance(error)) return 'outcomeUnknown';
  if ([ConfigurationError, HandleError, SelectionError].some((kind) => kind.isInstance(error))) return 'configuration';
  if (RestoreRunningError.isInstance(error)) return 'restoreRunning';
  if (StoreError.isInstance(error)) return error.started === 'no' ? 'store' : 'storeAfterStart';
  if (KeyMismatchError.isInstance(error)) return 'keyMismatch';
  if (WriteOutcomeUnknownError.isInstance(error)) return 'writeOutcomeUnknown';
  if (UnexpectedResponseError.isInstance(error) || UntrustedLocationError.isInstance(error)) {
    return error.started === 'yes' ? 'startedUnfollowable' : 'noAnswer';
  }
  if (RestoreInProgressError.isInstance(error)) return 'inProgress';
  if (ApiError.isInstance(error)) return 'apiRefused';
  if (ConnectionError.isInstance(error) || RequestTimeoutError.isInstance(error)) return 'noAnswer';
  return 'other';
}
