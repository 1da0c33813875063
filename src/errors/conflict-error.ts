import { ApiError } from './api-error.ts';

/** 409, or the vendor's other words for 'busy with another operation'. */
export class ConflictError extends ApiError {
  static override readonly brand: string = 'ConflictError';
  override readonly code = 'conflict';
}
