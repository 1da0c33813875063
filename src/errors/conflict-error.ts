import { ApiError } from './api-error.ts';

/** 409, or another status by which the vendor says that the target is busy with another operation. */
export class ConflictError extends ApiError {
  static override readonly brand: string = 'ConflictError';
  override readonly code = 'conflict';
}
