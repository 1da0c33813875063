import type { Auth, Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { secretReader } from '../auth/secret-reader.ts';
import { tokenKeeper } from '../auth/token-keeper.ts';
import { checkLoginOptions } from '../client/login-options.ts';
import { requireText } from '../errors/require.ts';
import { checkUaaUrl } from './uaa-address.ts';
import { type TokenClient, uaaTokens } from './uaa-tokens.ts';

export interface UaaPasswordOptions {
  readonly username: string;
  readonly password: Secret;
  /** @default 'cf' */
  readonly clientId?: string | undefined;
  /** The secret of the OAuth client. The client `cf` has an empty secret (CF-22). @default '' */
  readonly clientSecret?: Secret | undefined;
  /** Identity provider of the user, such as `ldap`. It is sent as `login_hint`. */
  readonly origin?: string | undefined;
  /** Address of the UAA. @default read from `GET /` of the Cloud Controller, `login` before `uaa` (CF-23) */
  readonly uaaUrl?: string | undefined;
}

export interface UaaClientCredentialsOptions {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Address of the UAA. @default read from `GET /` of the Cloud Controller, `login` before `uaa` (CF-23) */
  readonly uaaUrl?: string | undefined;
}

/**
 * Logs in a user at the foundation's UAA like the cf CLI, and refreshes the token.
 * @see https://github.com/cloudfoundry/uaa/blob/develop/docs/UAA-APIs.rst
 * @throws {ConfigurationError} a field is missing or unknown, or a secret ends with a line break
 */
export function uaaPassword(options: UaaPasswordOptions): Auth {
  checkLoginOptions(options, ['username', 'password', 'clientId', 'clientSecret', 'origin', 'uaaUrl']);
  const username = requireText('auth.username', options.username);
  const password = requireSecret('auth.password', options.password);
  const clientId = requireText('auth.clientId', options.clientId ?? 'cf');
  const clientSecret = requireSecret('auth.clientSecret', options.clientSecret ?? '', { allowEmpty: true });
  const { origin } = options;
  const uaaUrl = checkUaaUrl(options.uaaUrl);
  return {
    kind: 'uaa-password',
    account: username,
    open: (context) => {
      const request = uaaTokens(uaaUrl, context);
      const readPassword = secretReader('auth.password', password, context);
      const readClientSecret = secretReader('auth.clientSecret', clientSecret, context, { allowEmpty: true });
      const client = (secret: string): TokenClient => ({ id: clientId, secret });
      return tokenKeeper({
        clock: context.clock,
        readSecrets: async () => [await readPassword(), await readClientSecret()],
        login: ([secret = '', ownSecret = '']) =>
          request({ grant_type: 'password', username, password: secret }, client(ownSecret), origin),
        refresh: async (refreshToken) =>
          request({ grant_type: 'refresh_token', refresh_token: refreshToken }, client(await readClientSecret())),
      });
    },
  };
}

/**
 * Logs in an OAuth client at the foundation's UAA. There is no refresh token, so it logs in again when needed (CF-21).
 * Id and secret are sent in the form, like the cf CLI does, so they may hold any character.
 * @see https://github.com/cloudfoundry/uaa/blob/develop/docs/UAA-APIs.rst
 * @throws {ConfigurationError} a field is missing or unknown, or the secret ends with a line break
 */
export function uaaClientCredentials(options: UaaClientCredentialsOptions): Auth {
  checkLoginOptions(options, ['clientId', 'clientSecret', 'uaaUrl']);
  const clientId = requireText('auth.clientId', options.clientId);
  const clientSecret = requireSecret('auth.clientSecret', options.clientSecret, { allowEmpty: true });
  const uaaUrl = checkUaaUrl(options.uaaUrl);
  return {
    kind: 'uaa-client-credentials',
    account: clientId,
    open: (context) => {
      const request = uaaTokens(uaaUrl, context);
      const readClientSecret = secretReader('auth.clientSecret', clientSecret, context, { allowEmpty: true });
      return tokenKeeper({
        clock: context.clock,
        readSecrets: async () => [await readClientSecret()],
        login: ([secret = '']) => request({ grant_type: 'client_credentials' }, { id: clientId, secret }),
      });
    },
  };
}
