import { RestoreKitError } from './restore-kit-error.ts';
import type { SeenHandle } from './wait-facts.ts';

/**
 * `startOnce` refused: the target has a restore that is not known to have ended. Nothing was sent. `followStart` of
 * `restorekit/start-once` goes on with the other one by its `key`.
 */
export class RestoreInProgressError extends RestoreKitError {
  static override readonly brand: string = 'RestoreInProgressError';
  readonly code = 'restore-in-progress';
  /** Under which the unfinished restore was started. */
  declare readonly key: string;
  /** Of the unfinished restore; absent where its start is under way, or where no answer of it is known. */
  declare readonly handle: SeenHandle | undefined;
  declare readonly target: { readonly system: string; readonly baseUrl: string; readonly instance: string };

  constructor(message: string, details: Pick<RestoreInProgressError, 'key' | 'handle' | 'target'>) {
    const { key, handle, target } = details;
    super(message, { key, handle, target });
  }
}
