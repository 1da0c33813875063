import type { AccessLostError } from '../errors/access-lost-error.ts';
import type { OperationFailedError } from '../errors/operation-failed-error.ts';
import type { OutageError } from '../errors/outage-error.ts';
import type { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import type { PartialRestoreError } from '../errors/partial-restore-error.ts';
import type { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import { DO_NOT_START, type Explanation, NOTHING_STARTED, sentence } from './explanation.ts';
import { formatDuration } from './format-duration.ts';

// Explanations of how a restore ended, or why its end is not known.

export function explainFailed({ state, failure, wait }: OperationFailedError): Explanation {
  const code = failure.code === undefined ? '' : ` (${failure.code})`;
  const verdict = state === 'canceled' ? 'was canceled' : 'failed';
  return {
    known: `The vendor reports that the restore ${verdict} after ${formatDuration(wait.elapsedMs)}: ${failure.message}${code}`,
    unknown: 'whether the target now holds its old data, the backup, or a mixture.',
    next: 'Check the target before its users do. Remove the cause, then start a new restore.',
  };
}

export function explainPartial(error: PartialRestoreError): Explanation {
  return {
    known: sentence(error.message),
    unknown: 'whether the missing data is needed. The result and the warnings show what the vendor reports.',
    next: 'Restore what is missing, or decide to accept it. The restored data stays.',
  };
}

export function explainLostStart(error: StartOutcomeUnknownError): Explanation {
  if (error.started === 'no') {
    return { known: `${NOTHING_STARTED} ${sentence(error.message)}`, next: 'The start can be sent again.' };
  }
  const howToSettle = "Ask the vendor with reconcile() of this error, or check the target in the vendor's console.";
  return {
    known: sentence(error.message),
    unknown:
      error.started === 'yes' ? 'whether the restore is running, and how it ends.' : 'whether a restore was started.',
    next: `${DO_NOT_START} ${adviceOf(error) ?? howToSettle}`,
    handle: error.handle,
  };
}

export function explainTimeout(error: OutcomeUnknownError): Explanation {
  return explainUnknown(error, 'how it ends. Only this wait has ended.');
}

export function explainAborted(error: OutcomeUnknownError): Explanation {
  return explainUnknown(error, 'how it ends. Only this wait was aborted.');
}

export function explainAccessLost(error: AccessLostError): Explanation {
  const next = 'Get valid credentials (a restore can replace them), then resume.';
  return explainUnknown(error, 'whether it is still running, has succeeded or has failed.', next);
}

export function explainOutage(error: OutageError): Explanation {
  const next =
    error.reason === 'gone'
      ? "Check the target in the vendor's console: the record of the restore is gone, but the data can be checked."
      : 'Find out why the system cannot be reached, then resume.';
  return explainUnknown(error, 'whether it is still running, has succeeded or has failed.', next);
}

export function explainUnknownOutcome(error: OutcomeUnknownError): Explanation {
  if (error.reason === 'ended-without-verdict') {
    const next = "Check the target and the vendor's own log before anybody starts another restore.";
    return explainUnknown(error, 'whether it succeeded: the vendor reports that it has ended, but not how.', next);
  }
  return explainUnknown(error, 'whether it is still running, has succeeded or has failed.');
}

function explainUnknown(error: OutcomeUnknownError, unknown: string, next?: string): Explanation {
  const otherwise =
    error.handle === undefined ? "Check the target in the vendor's console." : 'Resume with the handle.';
  return {
    known: `${sentence(error.message)}${lastSeenOf(error)}`,
    unknown,
    next: `${DO_NOT_START} ${next ?? adviceOf(error) ?? otherwise}`,
    handle: error.handle,
  };
}

/** The advice of an error, unless its message already contains it. */
function adviceOf({ advice, message }: OutcomeUnknownError): string | undefined {
  return advice === undefined || advice === '' || message.includes(advice) ? undefined : sentence(advice);
}

const MOST_COUNTS = 8;

function lastSeenOf({ lastSeen, observed }: OutcomeUnknownError): string {
  if (!lastSeen) {
    const counts = Object.entries(observed)
      .slice(0, MOST_COUNTS)
      .map(([what, count]) => `${what}: ${count}`);
    return counts.length === 0 ? ' No poll has succeeded.' : ` No poll has succeeded (${counts.join(', ')}).`;
  }
  const percent = lastSeen.percent === undefined ? '' : `, ${lastSeen.percent} %`;
  return ` Last seen ${lastSeen.state}${percent} at ${lastSeen.at.toISOString()}.`;
}
