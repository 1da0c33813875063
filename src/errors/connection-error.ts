import { RestoreKitError } from './restore-kit-error.ts';

/**
 * No answer came: the connection was reset or refused, the host name was not found, or TLS failed. There is no HTTP
 * status.
 */
export class ConnectionError extends RestoreKitError {
  static override readonly brand: string = 'ConnectionError';
  readonly code = 'connection';
  /**
   * 'no' if the request was certainly not sent (host name not found, connection refused, TLS failed before the request),
   * otherwise 'unknown'.
   */
  declare readonly sent: 'no' | 'unknown';
  /** The platform's code, such as `ECONNRESET`, if it has one. */
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
