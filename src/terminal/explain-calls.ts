import type { ApiError } from '../errors/api-error.ts';
import type { ConfigurationError } from '../errors/configuration-error.ts';
import type { ConnectionError } from '../errors/connection-error.ts';
import type { HandleError } from '../errors/handle-error.ts';
import type { IncompleteTransferError } from '../errors/incomplete-transfer-error.ts';
import type { PermissionError } from '../errors/permission-error.ts';
import type { RateLimitError } from '../errors/rate-limit-error.ts';
import type { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import type { RestoreRunningError } from '../errors/restore-running-error.ts';
import type { SelectionError } from '../errors/selection-error.ts';
import type { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import type { WriteOutcomeUnknownError } from '../errors/write-outcome-unknown-error.ts';
import { isLockedByRestore } from './describe-outage.ts';
import { type Explanation, sentence, withStarted } from './explanation.ts';
import { formatDuration } from './format-duration.ts';

// Explanations of errors of one call. They say nothing about the start: `withStarted` adds that from `error.started`.

export function explainConfiguration(error: ConfigurationError): Explanation {
  return withStarted(error, {
    known: sentence(error.message),
    next: `Correct '${error.field}' and run it again.`,
  });
}

export function explainHandle(error: HandleError): Explanation {
  return {
    known: sentence(error.message),
    unknown: 'the state of the restore of that handle.',
    next: 'Use the handle as it was saved, with a client of the same system and base URL. Do not start the restore again.',
  };
}

export function explainSelection(error: SelectionError): Explanation {
  return withStarted(error, { known: sentence(error.message), next: 'Name exactly one, with its id if you can.' });
}

export function explainConnection(error: ConnectionError): Explanation {
  const left = error.sent === 'no' ? ' The request was not sent.' : '';
  return withStarted(error, { known: `${sentence(error.message)}${left}`, next: CHECK_THE_WAY });
}

export function explainTimeoutOfRequest(error: RequestTimeoutError): Explanation {
  return withStarted(error, { known: sentence(error.message), next: CHECK_THE_WAY });
}

const CHECK_THE_WAY = 'Check the address, the network and the system itself.';

export function explainTransfer(error: IncompleteTransferError): Explanation {
  return withStarted(error, {
    known: `${sentence(error.message)} What has arrived is not the whole file.`,
    next: error.isRetryable ? 'Begin the transfer again.' : 'Correct what was to be transferred and run it again.',
  });
}

export function explainUnexpected(error: UnexpectedResponseError | UntrustedLocationError): Explanation {
  const status = 'status' in error ? ` (HTTP ${error.status})` : '';
  const known = `${sentence(error.message)}${status}`;
  if (error.started === 'yes') {
    return withStarted(error, {
      known: `The vendor accepted the start. ${known}`,
      next: "Follow it in the vendor's own console.",
    });
  }
  return withStarted(error, {
    known,
    unknown: 'what has answered: it may be a proxy, a login page, or another version of the API.',
    next: "Check 'baseUrl' and any proxy or gateway in between.",
  });
}

export function explainRunning(error: RestoreRunningError): Explanation {
  return {
    known: sentence(error.message),
    unknown: 'how the restore in the session ends.',
    next: 'Wait for its end, then stop the session.',
  };
}

export function explainWrite(error: WriteOutcomeUnknownError): Explanation {
  return {
    known: sentence(error.message),
    unknown: 'whether the change was made.',
    next: 'Read what the call changes before you send it again.',
  };
}

function answered(error: ApiError, next: string): Explanation {
  const request = error.requestId === undefined ? '' : ` Request ${error.requestId}.`;
  return withStarted(error, {
    known: `The system answered ${error.status}: ${sentence(error.message)}${request}`,
    next,
  });
}

export function explainApi(error: ApiError): Explanation {
  return answered(error, 'Correct what the vendor reports and run it again.');
}

export function explainAuthentication(error: ApiError): Explanation {
  const next = 'Check user, password or token before you try again: repeated refusals can lock an account.';
  return answered(error, next);
}

export function explainPermission(error: PermissionError): Explanation {
  return answered(
    error,
    isLockedByRestore(error)
      ? 'A restore is running there. Wait for its end and do not start another.'
      : 'Get the role or scope that the vendor requires, or use another account.',
  );
}

export function explainNotFound(error: ApiError): Explanation {
  return answered(error, 'Check the id, and whether this account may see it.');
}

export function explainConflict(error: ApiError): Explanation {
  return answered(error, 'Another operation runs there. Find out which, and wait for its end.');
}

export function explainRateLimit(error: RateLimitError): Explanation {
  const pause = error.retryAfterMs === undefined ? 'a few minutes' : formatDuration(error.retryAfterMs);
  return answered(error, `Too many requests. Try again in ${pause}.`);
}

export function explainServer(error: ApiError): Explanation {
  const told = answered(error, 'Try again in a few minutes.');
  return { unknown: 'whether it can restore now. This says nothing about a restore that is running.', ...told };
}
