import { ApiError, type ApiErrorDetails } from './api-error.ts';

/** 403. */
export class PermissionError extends ApiError {
  static override readonly brand: string = 'PermissionError';
  override readonly code = 'permission';
  /** Why, if the client has found it out. It ends with `-restoring` if a restore has locked the system. */
  declare readonly reason: string | undefined;

  constructor(message: string, details: ApiErrorDetails & { readonly reason?: string | undefined }) {
    super(message, details, { reason: details.reason });
  }
}
