import { RestoreKitError } from './restore-kit-error.ts';

/** No answer came: reset, refused, name not found, TLS. There is no HTTP status. */
export class ConnectionError extends RestoreKitError {
  static override readonly brand: string = 'ConnectionError';
  readonly code = 'connection';
  /**
   * 'no' where the request provably never left (name not found, connection refused, TLS refused before the request);
   * 'unknown' everywhere else.
   */
  readonly sent: 'no' | 'unknown';
  /** The platform's own word, such as `ECONNRESET`, where it tells one. */
  readonly reason: string | undefined;

  constructor(
    message: string,
    options: { readonly sent: 'no' | 'unknown'; readonly reason?: string | undefined; readonly cause?: unknown },
  ) {
    super(message, options);
    this.sent = options.sent;
    this.reason = options.reason;
  }

  override get isRetryable(): boolean {
    return true;
  }

  protected override facts(): Record<string, unknown> {
    return { sent: this.sent, reason: this.reason };
  }
}
