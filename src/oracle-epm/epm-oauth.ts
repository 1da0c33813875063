import { advised } from '../auth/advised.ts';
import type { Auth, Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { adviceOnRefresh, isRefreshTokenDead } from '../auth/refresh-advice.ts';
import { secretReader } from '../auth/secret-reader.ts';
import { checkSharedTokens, SHARED_TOKEN_OPTIONS, type SharedTokenOptions } from '../auth/shared-token-options.ts';
import { sharedTokens } from '../auth/shared-tokens.ts';
import { requestToken } from '../auth/token-request.ts';
import { checkLoginOptions } from '../client/login-options.ts';
import { requireText } from '../errors/require.ts';
import { clientParts, parseIdcsUrl, recordName, tokenUrlOf } from './identity-domain.ts';

/** The refresh token is single-use and lives 7 days by default. `epmDeviceLogin` gets the first one. */
export interface EpmOAuthOptions extends SharedTokenOptions {
  /**
   * Address of the identity domain (IDCS), such as `https://idcs-0123456789abcdef.identity.oraclecloud.com`; not that of
   * the environment.
   */
  readonly idcsUrl: string;
  readonly clientId: string;
  /** The secret of a confidential client. A public client has none. */
  readonly clientSecret?: Secret | undefined;
}

/**
 * OAuth 2 with a refresh token, for users with multi-factor authentication or single sign-on, and for all others. The
 * refresh token is **single-use**: the new one is handed out and stored before it is used. Of all processes that share a
 * `store`, one refreshes at a time, and the others use its access token. A process that dies while it refreshes is
 * followed by one attempt with the same token; then an `AuthenticationError` says to log in again (OE-22).
 *
 * @example
 * // Once, by a person: epmDeviceLogin({ idcsUrl, clientId, scope, onCode, store }). Then in all services of the machine:
 * const store = fileTokenStore('/var/lib/epm/tokens');
 * const epm = new OracleEpmClient({ baseUrl, auth: epmOAuth({ idcsUrl, clientId, store }) });
 *
 * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/authentication_oath.html
 * @throws {ConfigurationError} a field is missing or unknown, a secret is empty or ends with a line break, or a new
 *   refresh token would be lost, because there is neither `onRotate` nor `store`
 */
export function epmOAuth(options: EpmOAuthOptions): Auth {
  checkLoginOptions(options, ['idcsUrl', 'clientId', 'clientSecret', ...SHARED_TOKEN_OPTIONS]);
  const idcsUrl = parseIdcsUrl(options.idcsUrl);
  const clientId = requireText('auth.clientId', options.clientId);
  const clientSecret =
    options.clientSecret === undefined ? undefined : requireSecret('auth.clientSecret', options.clientSecret);
  const { store, name = recordName(idcsUrl, clientId), onRotate, seedReader } = checkSharedTokens(options);
  return {
    kind: 'epm-oauth',
    open: (context) => {
      const readSecret = clientSecret && secretReader('auth.clientSecret', clientSecret, context);
      return sharedTokens(
        {
          store,
          name,
          readSeed: seedReader(context),
          readSecrets: async () => (readSecret ? [await readSecret()] : []),
          onRotate,
          refresh: (token, [secret]) => {
            const { headers, fields } = clientParts(clientId, secret, context);
            const form = { grant_type: 'refresh_token', refresh_token: token, ...fields };
            const sent = requestToken({ url: tokenUrlOf(idcsUrl), headers, fields: form, isOnce: true }, context);
            return advised(sent, adviceOnRefresh);
          },
          isFinal: isRefreshTokenDead,
          logInAgain: 'Log in again with epmDeviceLogin.',
        },
        context,
      );
    },
  };
}
