import { ConfigurationError } from '../errors/configuration-error.ts';
import { HandleError } from '../errors/handle-error.ts';
import { isMarkedNotStarted } from '../errors/not-started.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';

/**
 * What the error of a start call says about the start.
 * - 'not-started': an answer refused it, or it was certainly not sent.
 * - 'accepted': the vendor accepted it, but it cannot be followed.
 * - 'unknown': every other error.
 */
export type StartVerdict = 'not-started' | 'accepted' | 'unknown';

/**
 * Trusts `started: 'no'` only if the error has the mark of a client's start call, or comes from a check of the input
 * before any request. An error of the same class may also come from another call after the start, and then says nothing
 * about the start.
 */
export function judgeStartError(error: unknown): StartVerdict {
  if (!RestoreKitError.isInstance(error)) return 'unknown';
  if (error.started === 'yes') return 'accepted';
  if (error.started !== 'no') return 'unknown';
  const isKnown = isMarkedNotStarted(error) || ConfigurationError.isInstance(error) || HandleError.isInstance(error);
  return isKnown ? 'not-started' : 'unknown';
}

/** A code for the record. A message is not stored, because it could quote anything. */
export function reasonOf(error: unknown): string {
  if (RestoreKitError.isInstance(error)) return error.code;
  return error instanceof Error ? error.name : 'thrown';
}
