import { ApiError } from './api-error.ts';

/** 401, or a token endpoint that refused the credentials. */
export class AuthenticationError extends ApiError {
  static override readonly brand: string = 'AuthenticationError';
  override readonly code = 'authentication';
}
