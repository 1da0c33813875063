import { RestoreKitError } from './restore-kit-error.ts';
import type { EndedWait, SeenHandle } from './wait-facts.ts';

/** The vendor said that the restore failed, or that it was canceled. */
export class OperationFailedError extends RestoreKitError {
  static override readonly brand: string = 'OperationFailedError';
  readonly code = 'operation-failed';
  readonly state: 'failed' | 'canceled';
  /** The vendor's reason; `details` is its own answer in full and is left out of the JSON form. */
  readonly failure: { readonly message: string; readonly code?: string; readonly details: unknown };
  readonly handle: SeenHandle;
  readonly wait: EndedWait;

  constructor(message: string, options: Pick<OperationFailedError, 'state' | 'failure' | 'handle' | 'wait'>) {
    super(message);
    this.state = options.state;
    this.failure = options.failure;
    this.handle = options.handle;
    this.wait = options.wait;
  }

  protected override facts(): Record<string, unknown> {
    const { message, code } = this.failure;
    return {
      state: this.state,
      failure: { message, ...(code === undefined ? {} : { code }) },
      handle: this.handle,
      ...this.wait,
    };
  }
}
