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
  /** A stack trace or debugging text that the server sent. It is never part of `message`. */
  readonly serverTrace?: string | undefined;
  /** @default 'api' */
  readonly bodyForm?: BodyForm | undefined;
  readonly cause?: unknown;
}

/**
 * Who wrote the body of a refusal.
 * - 'api': the API's own error form.
 * - 'empty': there is no body.
 * - 'other': a page, a text or JSON that does not come from the API, such as the answer of a gateway.
 */
export type BodyForm = 'api' | 'empty' | 'other';

/** The server answered and refused the request. Its subclasses follow the HTTP status. */
export class ApiError extends RestoreKitError {
  static override readonly brand: string = 'ApiError';
  readonly code: string = 'api';
  declare readonly status: number;
  /** All errors in the answer, in the vendor's order. Empty if the body holds none. */
  declare readonly errors: readonly VendorError[];
  declare readonly requestId: string | undefined;
  /** The pause that `Retry-After` asked for, in milliseconds. */
  declare readonly retryAfterMs: number | undefined;
  declare readonly serverTrace: string | undefined;
  /** Who wrote the body. Only an answer in the API's own form proves that something is refused or does not exist. */
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
