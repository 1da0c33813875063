import type { Auth, Secret } from '../auth/auth.ts';
import { bearerAuthenticator } from '../auth/bearer-token.ts';
import { requireSecret } from '../auth/check-secret.ts';

/**
 * A token of a login that was made elsewhere: the value of the cookie `asc_auth_key`, or the `token` that
 * `POST /api/2.0/authentication` answers. It is sent as `Authorization: Bearer ...`. The name of the cookie before it is
 * removed. After a restore of its portal it is no longer valid (DS-13).
 * @see https://api.onlyoffice.com/docspace/api-backend/get-started/authentication/
 * @throws {ConfigurationError} the token is empty or ends with a line break
 */
export function docspaceToken(token: Secret): Auth {
  const secret = requireSecret('auth.token', token);
  const value = typeof secret === 'string' ? withoutCookieName(secret) : async () => withoutCookieName(await secret());
  return { kind: 'docspace-token', open: (context) => bearerAuthenticator('auth.token', value, context) };
}

function withoutCookieName(text: string): string {
  // Whatever is wrong with the value is said by the check that follows.
  return typeof text === 'string' ? text.replace(/^\s*asc_auth_key=([^;]*).*$/s, '$1') : text;
}
