import type { AccessLostError } from '../errors/access-lost-error.ts';
import type { OperationFailedError } from '../errors/operation-failed-error.ts';
import type { OutageError } from '../errors/outage-error.ts';
import type { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import type { PartialRestoreError } from '../errors/partial-restore-error.ts';
import type { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import { DO_NOT_START, type Explanation, NOTHING_STARTED, sentence } from './explanation.ts';
import { formatDuration } from './format-duration.ts';

// How a restore ended, and why it is not known.

export function explainFailed({ state, failure, wait }: OperationFailedError): Explanation {
  const code = failure.code === undefined ? '' : ` (${failure.code})`;
  const verdict = state === 'canceled' ? 'was canceled' : 'failed';
  return {
    known: `The vendor says that the restore ${verdict} after ${formatDuration(wait.elapsedMs)}: ${failure.message}${code}`,
    unknown: 'what the target holds now: its old data, the backup, or a mixture.',
    next: 'Look at the target before its users do. Remove the cause, then start a new restore.',
  };
}

export function explainPartial(error: PartialRestoreError): Explanation {
  return {
    known: sentence(error.message),
    unknown: 'whether what is missing can be done without; the result and the warnings tell what the vendor told.',
    next: 'Restore what is missing, or decide to accept it. What has been restored stays restored.',
  };
}

export function explainLostStart(error: StartOutcomeUnknownError): Explanation {
  if (error.started === 'no') {
    return { known: `${NOTHING_STARTED} ${sentence(error.message)}`, next: 'The start can be sent again.' };
  }
  const howToSettle = 'Ask the vendor by reconcile() of this error, or look at the target in its own console.';
  return {
    known: sentence(error.message),
    unknown: error.started === 'yes' ? 'how the restore goes, or has ended.' : 'whether a restore was started.',
    next: `${DO_NOT_START} ${adviceOf(error) ?? howToSettle}`,
    handle: error.handle,
  };
}

export function explainTimeout(error: OutcomeUnknownError): Explanation {
  return explainUnknown(error, 'how it ends, or has ended; only this wait is over.');
}

export function explainAborted(error: OutcomeUnknownError): Explanation {
  return explainUnknown(error, 'how it ends, or has ended; only this wait was aborted.');
}

export function explainAccessLost(error: AccessLostError): Explanation {
  const next = 'Get credentials that work (a restore can replace them), then resume.';
  return explainUnknown(error, 'whether it still runs, has succeeded or has failed.', next);
}

export function explainOutage(error: OutageError): Explanation {
  const next =
    error.reason === 'gone'
      ? "Look at the target in the vendor's own console: its record is gone, its data is not."
      : 'Find out why the system cannot be reached, then resume.';
  return explainUnknown(error, 'whether it still runs, has succeeded or has failed.', next);
}

export function explainUnknownOutcome(error: OutcomeUnknownError): Explanation {
  if (error.reason === 'ended-without-verdict') {
    const next = "Look at the target, and into the vendor's own log, before anybody starts another restore.";
    return explainUnknown(error, 'whether it succeeded: the vendor says that it is over, and not how.', next);
  }
  return explainUnknown(error, 'whether it still runs, has succeeded or has failed.');
}

function explainUnknown(error: OutcomeUnknownError, unknown: string, next?: string): Explanation {
  const otherwise = error.handle === undefined ? 'Look at the target in its own console.' : 'Resume with the handle.';
  return {
    known: `${sentence(error.message)}${lastSeenOf(error)}`,
    unknown,
    next: `${DO_NOT_START} ${next ?? adviceOf(error) ?? otherwise}`,
    handle: error.handle,
  };
}

/** The advice of an error, where its message does not hold it already. */
function adviceOf({ advice, message }: OutcomeUnknownError): string | undefined {
  return advice === undefined || advice === '' || message.includes(advice) ? undefined : sentence(advice);
}

const MOST_COUNTS = 8;

function lastSeenOf({ lastSeen, observed }: OutcomeUnknownError): string {
  if (!lastSeen) {
    const counts = Object.entries(observed)
      .slice(0, MOST_COUNTS)
      .map(([what, count]) => `${what}: ${count}`);
    return counts.length === 0 ? ' It was never seen.' : ` It was never seen (${counts.join(', ')}).`;
  }
  const percent = lastSeen.percent === undefined ? '' : `, ${lastSeen.percent} %`;
  return ` Last seen ${lastSeen.state}${percent} at ${lastSeen.at.toISOString()}.`;
}
