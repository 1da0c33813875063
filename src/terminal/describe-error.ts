import { AccessLostError } from '../errors/access-lost-error.ts';
import { ApiError } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { HandleError } from '../errors/handle-error.ts';
import { KeyMismatchError } from '../errors/key-mismatch-error.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutageError } from '../errors/outage-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
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
import { cleanText } from './clean-text.ts';
import { formatDuration } from './format-duration.ts';

/** What an error tells a human. A part that has nothing to say is left out. */
interface Explanation {
  readonly known: string;
  readonly unknown?: string;
  readonly next: string;
}

const GO_ON = 'Do not start it again.';

/**
 * What an error means for a human at 3 a.m., in two or three lines: what is known, what is not, what to do next. Says
 * nothing that the error does not know, and prints nothing that a vendor could have smuggled into it.
 *
 * @example
 * process.stderr.write(`${describeError(error)}\n`);
 * process.exitCode = exitCodeFor(error);
 */
export function describeError(error: unknown): string {
  const { known, unknown, next } = explain(error);
  return [
    `Known:     ${cleanText(known)}`,
    ...(unknown === undefined ? [] : [`Not known: ${cleanText(unknown)}`]),
    `Next:      ${cleanText(next)}`,
  ].join('\n');
}

function explain(error: unknown): Explanation {
  if (OperationFailedError.isInstance(error)) return explainEnd(error);
  if (PartialRestoreError.isInstance(error)) {
    return {
      known: error.message,
      unknown: 'whether what is missing can be done without; the result and the warnings tell what the vendor told.',
      next: 'Restore what is missing, or decide to accept it. What has been restored stays restored.',
    };
  }
  if (OutcomeUnknownError.isInstance(error)) return explainUnknown(error);
  if (ConfigurationError.isInstance(error)) {
    return { known: `Nothing was sent. ${error.message}`, next: `Correct '${error.field}' and run it again.` };
  }
  if (HandleError.isInstance(error)) {
    return {
      known: `Nothing was sent. ${error.message}`,
      unknown: 'how the restore goes that the handle stands for.',
      next: 'Use the handle as it was saved, with a client of the same system and address. Do not start the restore again.',
    };
  }
  if (UnexpectedResponseError.isInstance(error) || UntrustedLocationError.isInstance(error)) {
    return error.started === 'yes' ? explainUnfollowable(error) : explainOddAnswer(error);
  }
  if (RestoreInProgressError.isInstance(error)) {
    return {
      known: error.message,
      unknown: 'how the other one goes.',
      next: `Follow the other one to its end by its key, '${error.key}'.`,
    };
  }
  if (SelectionError.isInstance(error)) {
    return {
      known: `Nothing was started. ${sentence(error.message)}`,
      next: 'Name exactly one, by its id where you can.',
    };
  }
  if (KeyMismatchError.isInstance(error)) {
    return { known: `Nothing was sent. ${sentence(error.message)}`, next: 'Use a new key for a new restore.' };
  }
  if (StoreError.isInstance(error)) return explainStore(error);
  if (RestoreRunningError.isInstance(error)) {
    return {
      known: sentence(error.message),
      unknown: 'how the restore in the session ends.',
      next: 'Wait for its end, then stop the session.',
    };
  }
  if (WriteOutcomeUnknownError.isInstance(error)) {
    return {
      known: `A change was sent once, and its answer was lost. ${sentence(error.message)}`,
      unknown: 'whether the change was made.',
      next: 'Read what the call changes before you send it again.',
    };
  }
  if (ApiError.isInstance(error)) return explainRefusal(error);
  if (ConnectionError.isInstance(error) || RequestTimeoutError.isInstance(error)) {
    const wasSent = !(ConnectionError.isInstance(error) && error.sent === 'no');
    return {
      known: `${error.message} ${wasSent ? 'The call was one that starts nothing.' : 'The request never left.'}`,
      next: 'Check the address, the network and the system itself; the same call can be made again without harm.',
    };
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    known: `An unexpected error: ${text}`,
    unknown: 'whether a restore was started before it.',
    next: 'Look at the target in its own console before anything is started again.',
  };
}

function explainStore(error: StoreError): Explanation {
  if (error.started === 'no') {
    return {
      known: `Nothing was started. ${sentence(error.message)}`,
      next: 'Repair the store, then run the same command again with the same key.',
    };
  }
  const handle = error.handle === undefined ? '' : ` Handle: ${JSON.stringify(error.handle)}`;
  return {
    known: sentence(error.message),
    unknown: error.started === 'yes' ? 'how the restore ends.' : 'whether a restore was started.',
    next: `${GO_ON} Repair the store.${handle}`,
  };
}

function explainEnd(error: OperationFailedError): Explanation {
  const took = `after ${formatDuration(error.wait.elapsedMs)}`;
  const code = error.failure.code === undefined ? '' : ` (${error.failure.code})`;
  const verdict = error.state === 'failed' ? 'failed' : 'was canceled';
  return {
    known: `The vendor says that the restore ${verdict} ${took}: ${error.failure.message}${code}`,
    unknown: 'what the target holds now: its old data, the backup, or a mixture.',
    next: 'Look at the target before its users do. Remove the cause, then start a new restore.',
  };
}

function explainUnknown(error: OutcomeUnknownError): Explanation {
  if (StartOutcomeUnknownError.isInstance(error)) {
    return {
      known: 'The start was sent once, and its answer was lost or cannot be understood.',
      unknown: `whether the restore runs. ${error.message}`,
      next: `${GO_ON} reconcile() of this error asks the vendor; else look into the vendor's own console.`,
    };
  }
  return { known: `${knownOf(error)}${lastSeenOf(error)}`, unknown: howItEndsOf(error), next: nextOf(error) };
}

function knownOf(error: OutcomeUnknownError): string {
  return sentence(error.message);
}

function lastSeenOf({ lastSeen, observed }: OutcomeUnknownError): string {
  if (!lastSeen) {
    const counts = Object.entries(observed).map(([what, count]) => `${what}: ${count}`);
    return counts.length === 0 ? ' It was never seen.' : ` It was never seen (${counts.join(', ')}).`;
  }
  const percent = lastSeen.percent === undefined ? '' : `, ${lastSeen.percent} %`;
  return ` Last seen ${lastSeen.state}${percent} at ${lastSeen.at.toISOString()}.`;
}

function howItEndsOf(error: OutcomeUnknownError): string {
  if (WaitTimeoutError.isInstance(error)) return 'how it will end; only our wait is over.';
  if (WaitAbortedError.isInstance(error)) return 'how it will end; only our wait was aborted.';
  return 'whether it still runs, has succeeded or has failed.';
}

function nextOf(error: OutcomeUnknownError): string {
  const handle = error.handle === undefined ? '' : ` Handle: ${JSON.stringify(error.handle)}`;
  if (AccessLostError.isInstance(error)) {
    return `${GO_ON} Get credentials that work (a restore can replace them), then resume.${handle}`;
  }
  if (OutageError.isInstance(error) && error.reason === 'gone') {
    return `${GO_ON} Look at the target in the vendor's own console: its record is gone, its data is not.${handle}`;
  }
  if (OutageError.isInstance(error)) return `${GO_ON} Find out why the system cannot be reached, then resume.${handle}`;
  return `${GO_ON} Resume with the handle to wait on.${handle}`;
}

function explainUnfollowable(error: UnexpectedResponseError | UntrustedLocationError): Explanation {
  return {
    known: `The vendor accepted the start, in an answer that cannot be followed. ${error.message}`,
    unknown: 'how the restore goes.',
    next: `${GO_ON} Watch it in the vendor's own console.`,
  };
}

function explainOddAnswer(error: UnexpectedResponseError | UntrustedLocationError): Explanation {
  const status = UnexpectedResponseError.isInstance(error) ? ` (HTTP ${error.status})` : '';
  return {
    known: `${sentence(error.message)}${status}`,
    unknown: 'what answered: it may be a proxy, a login page, or a version of the API that differs.',
    next: "Check 'baseUrl' and what stands between here and there.",
  };
}

function explainRefusal(error: ApiError): Explanation {
  const request = error.requestId === undefined ? '' : ` Request ${error.requestId}.`;
  const known = `The system answered ${error.status}: ${sentence(error.message)}${request}`;
  if (error.status >= 500) {
    return {
      known,
      unknown: 'whether it can restore at all now; it says nothing about a restore that is running.',
      next: 'Try again in a few minutes; this call starts nothing.',
    };
  }
  return { known: `${known} This call started nothing.`, next: adviceFor(error) };
}

function adviceFor(error: ApiError): string {
  if (AuthenticationError.isInstance(error)) {
    return 'Check user, password or token before you try again: repeated refusals can lock an account.';
  }
  if (PermissionError.isInstance(error)) {
    return error.reason === 'portal-restoring'
      ? 'A restore of this portal is running. Wait for its end; do not start another.'
      : 'Have the role or scope granted that the vendor asks for, or use another account.';
  }
  if (ConflictError.isInstance(error)) return 'Another operation runs there. Find out which, and wait for its end.';
  if (error.status === 404) return 'Check the id, and that this account may see it.';
  if (error.status === 429) {
    const pause = error.retryAfterMs === undefined ? 'a few minutes' : formatDuration(error.retryAfterMs);
    return `Too many requests. Try again in ${pause}.`;
  }
  return 'Correct what the vendor complains about and run it again.';
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
