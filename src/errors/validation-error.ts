import { ApiError } from './api-error.ts';

/** 400 or 422: the server refused the input. */
export class ValidationError extends ApiError {
  static override readonly brand: string = 'ValidationError';
  override readonly code = 'validation';
}
