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
  /** The vendor's own stack trace or debugging text; never part of `message`. */
  readonly serverTrace?: string | undefined;
  /** @default 'api' */
  readonly bodyForm?: BodyForm | undefined;
  readonly cause?: unknown;
}

/**
 * Whose words the body of a refusal is.
 * - 'api': the API's own error form.
 * - 'empty': there is none.
 * - 'other': a page, a text, or JSON of something in front of the API.
 */
export type BodyForm = 'api' | 'empty' | 'other';

/** The server answered, and refused. Its kinds follow the HTTP status. */
export class ApiError extends RestoreKitError {
  static override readonly brand: string = 'ApiError';
  readonly code: string = 'api';
  declare readonly status: number;
  /** All errors of the answer, in the vendor's order; empty where the body told none. */
  declare readonly errors: readonly VendorError[];
  declare readonly requestId: string | undefined;
  /** What `Retry-After` asked for, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;
  declare readonly serverTrace: string | undefined;
  /** Whose words the body is: only those of the API itself say that something is refused, or not there. */
  declare readonly bodyForm: BodyForm;

  constructor(message: string, details: ApiErrorDetails, more: object = {}) {
    const { status, errors = [], requestId, retryAfterMs, serverTrace, bodyForm = 'api' } = details;
    super(message, { status, errors, requestId, retryAfterMs, ...more }, details);
    Object.defineProperty(this, 'serverTrace', { value: serverTrace });
    Object.defineProperty(this, 'bodyForm', { value: bodyForm });
  }

  override get isRetryable(): boolean {
    return this.status === 408 || this.status === 429 || this.status >= 500;
  }
}
