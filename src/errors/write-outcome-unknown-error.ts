import { RestoreKitError } from './restore-kit-error.ts';

/**
 * A call that changes something, and is no restore, was sent, and its answer was lost. The change may have been made. It
 * is not sent again: read what it changes, then decide.
 */
export class WriteOutcomeUnknownError extends RestoreKitError {
  static override readonly brand: string = 'WriteOutcomeUnknownError';
  readonly code = 'write-outcome-unknown';
  /** Such as `DELETE`. */
  declare readonly method: string;
  /** Path of the request, without its query. */
  declare readonly path: string;

  constructor(message: string, details: { readonly method: string; readonly path: string; readonly cause?: unknown }) {
    const { method, path, cause } = details;
    super(message, { method, path }, { cause, started: 'unknown' });
  }
}
