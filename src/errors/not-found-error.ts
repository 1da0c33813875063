import { ApiError } from './api-error.ts';

/** 404. While waiting it is never read as a failed restore. */
export class NotFoundError extends ApiError {
  static override readonly brand: string = 'NotFoundError';
  override readonly code = 'not-found';
}
