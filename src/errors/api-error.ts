import { RestoreKitError } from './restore-kit-error.ts';

/** One error as the vendor words it. */
export interface VendorError {
  readonly message: string;
  readonly code?: string;
  readonly title?: string;
}

export interface ApiErrorDetails {
  readonly status: number;
  readonly errors?: readonly VendorError[] | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** The vendor's own stack trace or debugging text; never part of `message` (DS-20). */
  readonly serverTrace?: string | undefined;
  readonly cause?: unknown;
}

/** The server answered, and refused. Its kinds follow the HTTP status. */
export class ApiError extends RestoreKitError {
  static override readonly brand: string = 'ApiError';
  readonly code: string = 'api';
  readonly status: number;
  /** All errors of the answer, in the vendor's order; empty where the body told none. */
  readonly errors: readonly VendorError[];
  readonly requestId: string | undefined;
  /** What `Retry-After` asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  declare readonly serverTrace: string | undefined;

  constructor(message: string, details: ApiErrorDetails) {
    super(message, 'cause' in details ? { cause: details.cause } : {});
    this.status = details.status;
    this.errors = details.errors ?? [];
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    Object.defineProperty(this, 'serverTrace', { value: details.serverTrace });
  }

  override get isRetryable(): boolean {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }

  protected override facts(): Record<string, unknown> {
    const { status, errors, requestId, retryAfterMs } = this;
    return { status, errors, requestId, retryAfterMs };
  }
}
