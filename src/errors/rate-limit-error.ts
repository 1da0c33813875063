import { ApiError } from './api-error.ts';

/** 429. `retryAfterMs` is there where the server told one. */
export class RateLimitError extends ApiError {
  static override readonly brand: string = 'RateLimitError';
  override readonly code = 'rate-limit';
}
