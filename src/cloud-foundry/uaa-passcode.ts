import { advised } from '../auth/advised.ts';
import type { Auth, Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { oneTimeSecret } from '../auth/one-time-secret.ts';
import { secretReader } from '../auth/secret-reader.ts';
import { tokenKeeper } from '../auth/token-keeper.ts';
import { checkLoginOptions } from '../client/login-options.ts';
import { requireText } from '../errors/require.ts';
import { checkUaaUrl } from './uaa-address.ts';
import { uaaTokens } from './uaa-tokens.ts';

export interface UaaPasscodeOptions {
  /**
   * The one-time passcode that a person reads in a browser at `/passcode` of the UAA, as for `cf login --sso`. It is
   * sent once. Pass a function if a person can be asked for a new one when the login has ended.
   */
  readonly passcode: Secret;
  /** @default 'cf' */
  readonly clientId?: string | undefined;
  /** The secret of the OAuth client. The client `cf` has an empty secret (CF-22). @default '' */
  readonly clientSecret?: Secret | undefined;
  /** Address of the UAA. @default read from `GET /` of the Cloud Controller, `login` before `uaa` (CF-23) */
  readonly uaaUrl?: string | undefined;
}

const NEW_PASSCODE =
  'Get a new one in a browser at the page /passcode of the UAA; `cf login --sso` shows its address. A passcode works once and only for some minutes.';

/**
 * Logs in a user with a one-time passcode, like `cf login --sso`, for users with single sign-on or a second factor. Then
 * the token is refreshed without the passcode, as long as the refresh token lives.
 *
 * @example
 * // Asks a person. After the refresh token has ended, it asks again.
 * uaaPasscode({ passcode: () => askOnTheTerminal('Passcode from https://login.example.org/passcode: ') });
 *
 * @see https://github.com/cloudfoundry/uaa/blob/develop/docs/UAA-APIs.rst
 * @throws {ConfigurationError} a field is missing or unknown, or the passcode is empty or ends with a line break
 */
export function uaaPasscode(options: UaaPasscodeOptions): Auth {
  checkLoginOptions(options, ['passcode', 'clientId', 'clientSecret', 'uaaUrl']);
  const secret = requireSecret('auth.passcode', options.passcode);
  const id = requireText('auth.clientId', options.clientId ?? 'cf');
  const clientSecret = requireSecret('auth.clientSecret', options.clientSecret ?? '', { allowEmpty: true });
  const uaaUrl = checkUaaUrl(options.uaaUrl);
  const used = new Set<string>();
  return {
    kind: 'uaa-passcode',
    open: (context) => {
      const request = uaaTokens(uaaUrl, context);
      const passcode = oneTimeSecret({ field: 'auth.passcode', secret, used, advice: NEW_PASSCODE }, context);
      const readClientSecret = secretReader('auth.clientSecret', clientSecret, context, { allowEmpty: true });
      return tokenKeeper({
        clock: context.clock,
        isNeverResent: () => true,
        readSecrets: async () => [await passcode.read(), await readClientSecret()],
        login: ([code = '', ownSecret = '']) => {
          const form = { grant_type: 'password', passcode: code };
          return passcode.spend(code, () =>
            advised(request(form, { id, secret: ownSecret }), () => ({
              reason: 'code-refused',
              advice: NEW_PASSCODE,
            })),
          );
        },
        refresh: async (refreshToken) =>
          request(
            { grant_type: 'refresh_token', refresh_token: refreshToken },
            { id, secret: await readClientSecret() },
          ),
      });
    },
  };
}
