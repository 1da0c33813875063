import { ApiError, type ApiErrorDetails } from './api-error.ts';

/** 403. */
export class PermissionError extends ApiError {
  static override readonly brand: string = 'PermissionError';
  override readonly code = 'permission';
  /** 'portal-restoring' where a DocSpace portal is locked by a restore (DS-12). */
  declare readonly reason: 'portal-restoring' | undefined;

  constructor(message: string, details: ApiErrorDetails & { readonly reason?: 'portal-restoring' | undefined }) {
    super(message, details, { reason: details.reason });
  }
}
