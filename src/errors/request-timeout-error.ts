import { RestoreKitError } from './restore-kit-error.ts';

/** One request took longer than `requestTimeoutMs`. This says nothing about the state of a restore. */
export class RequestTimeoutError extends RestoreKitError {
  static override readonly brand: string = 'RequestTimeoutError';
  readonly code = 'request-timeout';
  declare readonly timeoutMs: number;

  constructor(message: string, options: { readonly timeoutMs: number }) {
    super(message, { timeoutMs: options.timeoutMs });
  }

  override get isRetryable(): boolean {
    return true;
  }
}
