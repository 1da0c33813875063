import { RestoreKitError } from './restore-kit-error.ts';

/**
 * A session is not stopped: a restore in it has no end yet, and a stop may cut it off. Nothing was sent. Wait for the
 * restore to end, or stop with `{ evenWhileRestoring: true }`.
 */
export class RestoreRunningError extends RestoreKitError {
  static override readonly brand: string = 'RestoreRunningError';
  readonly code = 'restore-running';
  declare readonly sessionId: string;
  /** What runs, in the vendor's words. */
  declare readonly running: readonly string[];

  constructor(message: string, details: { readonly sessionId: string; readonly running: readonly string[] }) {
    const { sessionId, running } = details;
    super(message, { sessionId, running }, { started: 'yes' });
  }
}
