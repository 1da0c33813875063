import { RestoreKitError } from './restore-kit-error.ts';
import type { EndedWait, SeenHandle } from './wait-facts.ts';

/** The restore ended, and not all of it was restored. Pass `accept: 'partial'` to have it resolve instead. */
export class PartialRestoreError<Result = unknown> extends RestoreKitError {
  static override readonly brand: string = 'PartialRestoreError';
  readonly code = 'partial-restore';
  readonly result: Result;
  readonly handle: SeenHandle;
  readonly wait: EndedWait;

  constructor(message: string, options: { result: Result; handle: SeenHandle; wait: EndedWait }) {
    super(message);
    this.result = options.result;
    this.handle = options.handle;
    this.wait = options.wait;
  }

  protected override facts(): Record<string, unknown> {
    return { result: this.result, handle: this.handle, ...this.wait };
  }
}
