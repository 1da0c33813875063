import { omitUndefined } from '../values/omit-undefined.ts';
import { RestoreKitError, type Started } from './restore-kit-error.ts';
import type { SeenHandle } from './wait-facts.ts';

/**
 * A `RestoreStore` is missing or damaged, a call of it failed, or other processes kept changing the record. `started`
 * and the message say whether a start was sent before that.
 */
export class StoreError extends RestoreKitError {
  static override readonly brand: string = 'StoreError';
  readonly code = 'store';
  /**
   * - 'missing': the store does not exist, such as a volume that is not mounted.
   * - 'damaged': this version of the package cannot read its content.
   * - 'failed': a call of the store threw or took too long.
   * - 'overtaken': other processes changed the record at each of several attempts to write it.
   */
  declare readonly reason: 'missing' | 'damaged' | 'failed' | 'overtaken';
  /** The handle of a restore that was started but could not be recorded. */
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
