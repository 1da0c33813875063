import { ApiError } from '../errors/api-error.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { HandleError } from '../errors/handle-error.ts';
import { isMarkedNotStarted } from '../errors/not-started.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';

/**
 * What an error of a start call says about the start.
 * - 'not-started': refused by an answer, or provably never sent.
 * - 'accepted': the vendor took it, and it cannot be followed.
 * - 'unknown': everything else, whatever it is.
 */
export type StartVerdict = 'not-started' | 'accepted' | 'unknown';

export function judgeStartError(error: unknown): StartVerdict {
  if (UnexpectedResponseError.isInstance(error) || UntrustedLocationError.isInstance(error)) {
    if (error.started === 'yes') return 'accepted';
  }
  if (OutcomeUnknownError.isInstance(error)) return 'unknown';
  if (isMarkedNotStarted(error)) return 'not-started';
  if (ConfigurationError.isInstance(error) || HandleError.isInstance(error)) return 'not-started';
  if (ConnectionError.isInstance(error) && error.sent === 'no') return 'not-started';
  const isRefusal = ApiError.isInstance(error) && error.status >= 400 && error.status < 500 && error.status !== 408;
  return isRefusal ? 'not-started' : 'unknown';
}

/** A word for the record: never a message, which could quote anything. */
export function reasonOf(error: unknown): string {
  if (RestoreKitError.isInstance(error)) return error.code;
  return error instanceof Error ? error.name : 'thrown';
}
