import { RestoreKitError } from './restore-kit-error.ts';
import type { SeenHandle } from './wait-facts.ts';

/**
 * `startOnce` refused: the target has a restore that is not known to have ended. Nothing was sent. `followStart` of
 * `restorekit/start-once` returns the operation of that restore for its `key`.
 */
export class RestoreInProgressError extends RestoreKitError {
  static override readonly brand: string = 'RestoreInProgressError';
  readonly code = 'restore-in-progress';
  /** The key of the unfinished restore. */
  declare readonly key: string;
  /**
   * The handle of the unfinished restore. Absent if its start call has not returned yet, or its answer is not known.
   */
  declare readonly handle: SeenHandle | undefined;
  declare readonly target: { readonly system: string; readonly baseUrl: string; readonly instance: string };

  constructor(message: string, details: Pick<RestoreInProgressError, 'key' | 'handle' | 'target'>) {
    const { key, handle, target } = details;
    super(message, { key, handle, target });
  }
}
