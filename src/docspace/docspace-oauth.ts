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

/** Whether a refresh token works once is not documented, so it is treated as if it did. */
export interface DocSpaceOAuthOptions extends SharedTokenOptions {
  /** Of the application in the Developer Tools of the portal. */
  readonly clientId: string;
  /** A public client (PKCE) has none. */
  readonly clientSecret?: Secret | undefined;
}

/**
 * OAuth 2 of a portal, with the refresh token that an application got in a browser. A new refresh token is handed out
 * and stored before it is used. Whether a login survives a restore of its portal is not known.
 *
 * @example
 * docspaceOAuth({ clientId, clientSecret: secretFromEnv('OAUTH_SECRET'), store: fileTokenStore('/var/lib/docspace/tokens'), refreshToken });
 *
 * @see https://api.onlyoffice.com/docspace/api-backend/get-started/authentication/oauth2
 * @throws {ConfigurationError} a field is missing or unknown, a secret is empty or ends with a line break, or a new
 *   refresh token would be lost, because there is neither `onRotate` nor `store`
 */
export function docspaceOAuth(options: DocSpaceOAuthOptions): Auth {
  checkLoginOptions(options, ['clientId', 'clientSecret', ...SHARED_TOKEN_OPTIONS]);
  const clientId = requireText('auth.clientId', options.clientId);
  const clientSecret =
    options.clientSecret === undefined ? undefined : requireSecret('auth.clientSecret', options.clientSecret);
  const { store, name, onRotate, seedReader } = checkSharedTokens(options);
  return {
    kind: 'docspace-oauth',
    open: (context) => {
      const readSecret = clientSecret && secretReader('auth.clientSecret', clientSecret, context);
      return sharedTokens(
        {
          store,
          name: name ?? `${new URL(context.baseUrl).host}/${encodeURIComponent(clientId)}`,
          readSeed: seedReader(context),
          readSecrets: async () => (readSecret ? [await readSecret()] : []),
          onRotate,
          refresh: (token, [secret]) => {
            const client = secret === undefined ? {} : { client_secret: secret };
            const fields = { grant_type: 'refresh_token', refresh_token: token, client_id: clientId, ...client };
            const url = `${context.baseUrl}/oauth2/token`;
            return advised(requestToken({ url, fields, isOnce: true }, context), adviceOnRefresh);
          },
          isFinal: isRefreshTokenDead,
          logInAgain: 'Log in again in the application, and pass its new refresh token.',
        },
        context,
      );
    },
  };
}
