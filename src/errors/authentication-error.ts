import { ApiError, type ApiErrorDetails } from './api-error.ts';

/**
 * What is wrong with a login, as far as it is known. More words may be added.
 * - 'login-needed': no token is left that could be refreshed. A person or a script must log in again.
 * - 'token-consumed': the refresh token works once, and somebody has used it.
 * - 'token-expired', 'token-revoked': the refresh token is too old, or was revoked.
 * - 'client-refused': id or secret of the OAuth client are wrong.
 * - 'client-not-allowed': the registration of the OAuth client does not allow this grant or scope.
 * - 'code-needed': a code of a second factor is needed, and none was given.
 * - 'code-used': a one-time code was sent before. It is never sent again.
 * - 'code-refused': the server refused a one-time code.
 * - 'code-expired': nobody confirmed a device code in time.
 * - 'denied': a person refused the request of a device code.
 */
export type AuthenticationReason =
  | 'login-needed'
  | 'token-consumed'
  | 'token-expired'
  | 'token-revoked'
  | 'client-refused'
  | 'client-not-allowed'
  | 'code-needed'
  | 'code-used'
  | 'code-refused'
  | 'code-expired'
  | 'denied';

/** 401, a token endpoint that refused the credentials, or a login that needs a person. */
export class AuthenticationError extends ApiError {
  static override readonly brand: string = 'AuthenticationError';
  override readonly code = 'authentication';
  /** What is wrong with the login, if it is known. */
  declare readonly reason: AuthenticationReason | undefined;

  constructor(message: string, details: ApiErrorDetails & { readonly reason?: AuthenticationReason | undefined }) {
    super(message, details, details.reason === undefined ? {} : { reason: details.reason });
  }
}
