import { ConfigurationError } from '../errors/configuration-error.ts';
import { HandleError } from '../errors/handle-error.ts';
import { isMarkedNotStarted } from '../errors/not-started.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';

/**
 * What an error of a start call says about the start.
 * - 'not-started': refused by an answer, or provably never sent.
 * - 'accepted': the vendor took it, and it cannot be followed.
 * - 'unknown': everything else, whatever it is.
 */
export type StartVerdict = 'not-started' | 'accepted' | 'unknown';

/**
 * Trusts 'no' only from who knows: the start call of a client, which marks what it throws before a start could take
 * effect, and checks of the input, which come before any request. The same class of error may also come from another
 * call after the start, which says nothing about it.
 */
export function judgeStartError(error: unknown): StartVerdict {
  if (!RestoreKitError.isInstance(error)) return 'unknown';
  if (error.started === 'yes') return 'accepted';
  if (error.started !== 'no') return 'unknown';
  const isKnown = isMarkedNotStarted(error) || ConfigurationError.isInstance(error) || HandleError.isInstance(error);
  return isKnown ? 'not-started' : 'unknown';
}

/** A word for the record: never a message, which could quote anything. */
export function reasonOf(error: unknown): string {
  if (RestoreKitError.isInstance(error)) return error.code;
  return error instanceof Error ? error.name : 'thrown';
}
