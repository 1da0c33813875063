import { omitUndefined } from '../values/omit-undefined.ts';
import { RestoreKitError, type Started } from './restore-kit-error.ts';
import type { SeenHandle } from './wait-facts.ts';

/**
 * A `RestoreStore` is broken, missing, was given another identity, or lost a race. `started` and the message say what was
 * sent before it failed.
 */
export class StoreError extends RestoreKitError {
  static override readonly brand: string = 'StoreError';
  readonly code = 'store';
  /**
   * - 'missing': the store does not exist, such as a volume that is not mounted.
   * - 'damaged': it holds what this version of the package cannot read.
   * - 'failed': a call of it threw, or took too long.
   * - 'overtaken': another process has written at the same time, again and again.
   */
  declare readonly reason: 'missing' | 'damaged' | 'failed' | 'overtaken';
  /** Of the restore that was started and could not be recorded. */
  declare readonly handle: SeenHandle | undefined;

  constructor(
    message: string,
    details: {
      readonly reason: StoreError['reason'];
      /** @default 'no' */
      readonly started?: Started | undefined;
      readonly handle?: SeenHandle | undefined;
      readonly cause?: unknown;
    },
  ) {
    const { reason, handle, started, cause } = details;
    super(message, { reason, handle }, omitUndefined({ started, cause }));
  }
}
