import { ApiError } from './api-error.ts';

/** 404. A wait never takes it for a failed restore. */
export class NotFoundError extends ApiError {
  static override readonly brand: string = 'NotFoundError';
  override readonly code = 'not-found';
}
