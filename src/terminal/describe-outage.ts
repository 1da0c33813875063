import { ApiError } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { cleanText } from './clean-text.ts';
import { MOST_ON_A_LINE } from './describe-status.ts';
import { formatDuration } from './format-duration.ts';

/** Why a poll failed, in a few words that can follow 'not reachable: '. */
export function describeOutage(error: unknown): string {
  if (ConnectionError.isInstance(error)) return withReason('no connection', error.reason);
  if (RequestTimeoutError.isInstance(error)) return `no answer within ${formatDuration(error.timeoutMs)}`;
  if (PermissionError.isInstance(error)) {
    return isLockedByRestore(error) ? 'locked while it is restored' : 'access denied (403)';
  }
  if (AuthenticationError.isInstance(error)) return `credentials refused (${error.status})`;
  if (NotFoundError.isInstance(error)) return 'not found (404)';
  if (ApiError.isInstance(error)) return `the server answers ${error.status}`;
  if (UnexpectedResponseError.isInstance(error)) {
    const [type] = (error.contentType ?? 'no content type').split(';');
    return `unexpected answer (${error.status}, ${cleanText(type ?? '', 60)})`;
  }
  return error instanceof Error ? cleanText(error.message, MOST_ON_A_LINE) || error.name : 'unknown reason';
}

function withReason(what: string, reason: string | undefined): string {
  return reason === undefined ? what : `${what} (${cleanText(reason, 60)})`;
}

/** Whether the client has found out that a restore has locked the system. */
export function isLockedByRestore({ reason }: PermissionError): boolean {
  return reason?.endsWith('-restoring') === true;
}
