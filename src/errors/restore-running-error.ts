import { RestoreKitError } from './restore-kit-error.ts';

/**
 * `stop()` refused: a restore in the session has not ended, and stopping the session could interrupt it. Nothing was
 * sent. Wait for the restore to end, or stop with `{ evenWhileRestoring: true }`.
 */
export class RestoreRunningError extends RestoreKitError {
  static override readonly brand: string = 'RestoreRunningError';
  readonly code = 'restore-running';
  declare readonly sessionId: string;
  /** The running restores, as the vendor describes them. */
  declare readonly running: readonly string[];

  constructor(message: string, details: { readonly sessionId: string; readonly running: readonly string[] }) {
    const { sessionId, running } = details;
    super(message, { sessionId, running }, { started: 'yes' });
  }
}
