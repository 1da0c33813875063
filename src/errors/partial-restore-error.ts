import { RestoreKitError } from './restore-kit-error.ts';
import type { EndedWait, SeenHandle } from './wait-facts.ts';

/** The restore ended, but not everything was restored. With `accept: 'partial'` the wait resolves instead. */
export class PartialRestoreError<Result = unknown> extends RestoreKitError {
  static override readonly brand: string = 'PartialRestoreError';
  readonly code = 'partial-restore';
  declare readonly result: Result;
  declare readonly handle: SeenHandle;
  declare readonly wait: EndedWait;

  constructor(message: string, options: { result: Result; handle: SeenHandle; wait: EndedWait }) {
    const { result, handle, wait } = options;
    super(message, { result, handle, wait }, { started: 'yes' });
  }

  protected override facts(): object {
    const { result, handle, wait } = this;
    return { result, handle, ...wait };
  }
}
