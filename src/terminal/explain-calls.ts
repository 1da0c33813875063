import type { ApiError } from '../errors/api-error.ts';
import type { ConfigurationError } from '../errors/configuration-error.ts';
import type { ConnectionError } from '../errors/connection-error.ts';
import type { HandleError } from '../errors/handle-error.ts';
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

// What went wrong with one call. Whether a restore was started is said by `error.started` alone.

export function explainConfiguration(error: ConfigurationError): Explanation {
  return withStarted(error, {
    known: sentence(error.message),
    next: `Correct '${error.field}' and run it again.`,
  });
}

export function explainHandle(error: HandleError): Explanation {
  return {
    known: sentence(error.message),
    unknown: 'how the restore goes that the handle stands for.',
    next: 'Use the handle as it was saved, with a client of the same system and address. Do not start the restore again.',
  };
}

export function explainSelection(error: SelectionError): Explanation {
  return withStarted(error, { known: sentence(error.message), next: 'Name exactly one, by its id where you can.' });
}

export function explainConnection(error: ConnectionError): Explanation {
  const left = error.sent === 'no' ? ' The request never left.' : '';
  return withStarted(error, { known: `${sentence(error.message)}${left}`, next: CHECK_THE_WAY });
}

export function explainTimeoutOfRequest(error: RequestTimeoutError): Explanation {
  return withStarted(error, { known: sentence(error.message), next: CHECK_THE_WAY });
}

const CHECK_THE_WAY = 'Check the address, the network and the system itself.';

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
    unknown: 'what answered: it may be a proxy, a login page, or a version of the API that differs.',
    next: "Check 'baseUrl' and what stands between here and there.",
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
  return answered(error, 'Correct what the vendor complains about and run it again.');
}

export function explainAuthentication(error: ApiError): Explanation {
  const next = 'Check user, password or token before you try again: repeated refusals can lock an account.';
  return answered(error, next);
}

export function explainPermission(error: PermissionError): Explanation {
  return answered(
    error,
    isLockedByRestore(error)
      ? 'A restore is running there. Wait for its end; do not start another.'
      : 'Have the role or scope granted that the vendor asks for, or use another account.',
  );
}

export function explainNotFound(error: ApiError): Explanation {
  return answered(error, 'Check the id, and that this account may see it.');
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
  return { unknown: 'whether it can restore at all now; it says nothing about a restore that is running.', ...told };
}
