import { RestoreKitError } from './restore-kit-error.ts';

/**
 * - 'connection': the connection was lost while the bytes passed.
 * - 'idle': no byte came for `idleTimeoutMs`.
 * - 'length': more or fewer bytes came than were announced.
 * - 'changed': the file changed, or the server does not resume it, so a new download must begin at its first byte.
 * - 'source': what was to be uploaded could not be read, or does not have the announced size.
 * - 'canceled': the reader of a download stopped before its end.
 */
export type IncompleteTransferReason = 'connection' | 'idle' | 'length' | 'changed' | 'source' | 'canceled';

/** A download or an upload that broke off. What has arrived so far is not the whole file. */
export class IncompleteTransferError extends RestoreKitError {
  static override readonly brand: string = 'IncompleteTransferError';
  readonly code = 'incomplete-transfer';
  declare readonly reason: IncompleteTransferReason;
  /** How many bytes of the file had passed. */
  declare readonly bytes: number;
  /** How many bytes were announced, if that is known. */
  declare readonly totalBytes: number | undefined;

  constructor(
    message: string,
    details: {
      readonly reason: IncompleteTransferReason;
      readonly bytes: number;
      readonly totalBytes?: number | undefined;
      readonly cause?: unknown;
    },
  ) {
    const { reason, bytes, totalBytes } = details;
    super(message, { reason, bytes, totalBytes }, details);
  }

  /** A transfer that was lost on its way may be begun again. One with a wrong source or by the caller's will may not. */
  override get isRetryable(): boolean {
    return this.reason !== 'source' && this.reason !== 'canceled';
  }
}
