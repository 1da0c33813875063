import { RestoreKitError } from './restore-kit-error.ts';

/** No answer came: reset, refused, name not found, TLS. There is no HTTP status. */
export class ConnectionError extends RestoreKitError {
  static override readonly brand: string = 'ConnectionError';
  readonly code = 'connection';
  /**
   * 'no' where the request provably never left (name not found, connection refused, TLS refused before the request);
   * 'unknown' everywhere else.
   */
  declare readonly sent: 'no' | 'unknown';
  /** The platform's own word, such as `ECONNRESET`, where it tells one. */
  declare readonly reason: string | undefined;

  constructor(
    message: string,
    options: { readonly sent: 'no' | 'unknown'; readonly reason?: string | undefined; readonly cause?: unknown },
  ) {
    const { sent, reason } = options;
    super(message, { sent, reason }, options);
  }

  override get isRetryable(): boolean {
    return true;
  }
}
