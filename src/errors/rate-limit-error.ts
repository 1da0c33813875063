import { ApiError } from './api-error.ts';

/** 429. `retryAfterMs` is set if the server sent it. */
export class RateLimitError extends ApiError {
  static override readonly brand: string = 'RateLimitError';
  override readonly code = 'rate-limit';
}
