import { RestoreKitError } from './restore-kit-error.ts';
import type { EndedWait, SeenHandle } from './wait-facts.ts';

/** The vendor reported that the restore failed or was canceled. */
export class OperationFailedError extends RestoreKitError {
  static override readonly brand: string = 'OperationFailedError';
  readonly code = 'operation-failed';
  declare readonly state: 'failed' | 'canceled';
  /** The vendor's reason. `details` is the vendor's full answer and is left out of the JSON form. */
  declare readonly failure: { readonly message: string; readonly code?: string; readonly details: unknown };
  declare readonly handle: SeenHandle;
  declare readonly wait: EndedWait;

  constructor(message: string, options: Pick<OperationFailedError, 'state' | 'failure' | 'handle' | 'wait'>) {
    const { state, failure, handle, wait } = options;
    super(message, { state, failure, handle, wait }, { started: 'yes' });
  }

  protected override facts(): object {
    const { state, failure, handle, wait } = this;
    const { details: _, ...told } = failure;
    return { state, failure: told, handle, ...wait };
  }
}
