import { RestoreKitError } from './restore-kit-error.ts';

/**
 * A request that changes something, but starts no restore, was sent and its answer was lost. The change may have been
 * made. The request is not sent again: read the current state, then decide.
 */
export class WriteOutcomeUnknownError extends RestoreKitError {
  static override readonly brand: string = 'WriteOutcomeUnknownError';
  readonly code = 'write-outcome-unknown';
  /** The HTTP method, such as `DELETE`. */
  declare readonly method: string;
  /** Path of the request, without its query. */
  declare readonly path: string;

  constructor(message: string, details: { readonly method: string; readonly path: string; readonly cause?: unknown }) {
    const { method, path, cause } = details;
    super(message, { method, path }, { cause, started: 'unknown' });
  }
}
