import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** How far a download or an upload is. */
export interface TransferProgress {
  /** How many bytes have passed. */
  readonly bytes: number;
  /** How many bytes there are in all; absent if that is not known. */
  readonly totalBytes?: number;
}

/** A download or an upload that has passed as a whole. */
export interface TransferResult {
  /** How many bytes have passed. */
  readonly bytes: number;
  /** SHA-256 of these bytes, in 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** Counts and hashes the bytes of one transfer. WebCrypto cannot hash a stream. */
export class TransferMeter {
  bytes = 0;
  totalBytes: number | undefined;
  readonly #hash = sha256.create();
  readonly #onProgress: ((progress: TransferProgress) => void) | undefined;

  constructor(totalBytes: number | undefined, onProgress: ((progress: TransferProgress) => void) | undefined) {
    this.totalBytes = totalBytes;
    this.#onProgress = onProgress;
  }

  add(bytes: Uint8Array): void {
    this.bytes += bytes.byteLength;
    this.#hash.update(bytes);
  }

  /** Calls the caller's handler. Its errors are its own and do not end a transfer. */
  tell(): void {
    const { bytes, totalBytes } = this;
    try {
      this.#onProgress?.(totalBytes === undefined ? { bytes } : { bytes, totalBytes });
    } catch {
      // A progress display must not break a transfer.
    }
  }

  result(): TransferResult {
    return { bytes: this.bytes, sha256: bytesToHex(this.#hash.digest()) };
  }
}
