import { advised } from '../auth/advised.ts';
import type { Auth, Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { secretReader } from '../auth/secret-reader.ts';
import { tokenKeeper } from '../auth/token-keeper.ts';
import { checkLoginOptions } from '../client/login-options.ts';
import type { AuthenticationError } from '../errors/authentication-error.ts';
import { requireText } from '../errors/require.ts';
import { checkUaaUrl } from './uaa-address.ts';
import { uaaTokens } from './uaa-tokens.ts';

export interface UaaJwtBearerOptions {
  /**
   * A JWT of an identity provider that the UAA trusts. It is valid for some minutes, so pass a function that gets or
   * signs a new one.
   */
  readonly assertion: Secret;
  /** @default 'cf' */
  readonly clientId?: string | undefined;
  /** The secret of the OAuth client. The client `cf` has an empty secret (CF-22). @default '' */
  readonly clientSecret?: Secret | undefined;
  /** Identity provider of the user, such as `github`. It is sent as `login_hint`. */
  readonly origin?: string | undefined;
  /** Address of the UAA. @default read from `GET /` of the Cloud Controller, `login` before `uaa` (CF-23) */
  readonly uaaUrl?: string | undefined;
}

export interface UaaClientAssertionOptions {
  readonly clientId: string;
  /**
   * A JWT that proves who the client is, such as the OIDC token of a CI job. It is valid for some minutes, so pass a
   * function that gets a new one.
   */
  readonly assertion: Secret;
  /** Address of the UAA. @default read from `GET /` of the Cloud Controller, `login` before `uaa` (CF-23) */
  readonly uaaUrl?: string | undefined;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * Logs in a user with a JWT of an identity provider that the UAA trusts, like `cf auth --assertion`. If the UAA issues a
 * refresh token, the token is refreshed with it; otherwise the assertion is read again.
 * @see https://docs.cloudfoundry.org/api/uaa/version/77.8.0/index.html#jwt-bearer-token-grant
 * @throws {ConfigurationError} a field is missing or unknown, or the assertion is empty or ends with a line break
 */
export function uaaJwtBearer(options: UaaJwtBearerOptions): Auth {
  checkLoginOptions(options, ['assertion', 'clientId', 'clientSecret', 'origin', 'uaaUrl']);
  const assertion = requireSecret('auth.assertion', options.assertion);
  const id = requireText('auth.clientId', options.clientId ?? 'cf');
  const clientSecret = requireSecret('auth.clientSecret', options.clientSecret ?? '', { allowEmpty: true });
  const { origin } = options;
  const uaaUrl = checkUaaUrl(options.uaaUrl);
  return {
    kind: 'uaa-jwt-bearer',
    open: (context) => {
      const request = uaaTokens(uaaUrl, context);
      const readAssertion = secretReader('auth.assertion', assertion, context);
      const readClientSecret = secretReader('auth.clientSecret', clientSecret, context, { allowEmpty: true });
      return tokenKeeper({
        clock: context.clock,
        secretsAlwaysDiffer: typeof assertion === 'function',
        readSecrets: async () => [await readAssertion(), await readClientSecret()],
        login: ([jwt = '', secret = '']) =>
          advised(request({ grant_type: JWT_BEARER, assertion: jwt }, { id, secret }, origin), adviceOnAssertion),
        refresh: async (refreshToken) =>
          request(
            { grant_type: 'refresh_token', refresh_token: refreshToken },
            { id, secret: await readClientSecret() },
          ),
      });
    },
  };
}

/**
 * Logs in an OAuth client with a JWT instead of its secret (`private_key_jwt`, or the OIDC token of a CI job), like
 * `cf auth --client-credentials --assertion`. There is no refresh token, so the assertion is read again for each new
 * token (CF-21).
 * @see https://docs.cloudfoundry.org/api/uaa/version/77.8.0/index.html#client-credentials-grant
 * @throws {ConfigurationError} a field is missing or unknown, or the assertion is empty or ends with a line break
 */
export function uaaClientAssertion(options: UaaClientAssertionOptions): Auth {
  checkLoginOptions(options, ['clientId', 'assertion', 'uaaUrl']);
  const id = requireText('auth.clientId', options.clientId);
  const assertion = requireSecret('auth.assertion', options.assertion);
  const uaaUrl = checkUaaUrl(options.uaaUrl);
  return {
    kind: 'uaa-client-assertion',
    account: id,
    open: (context) => {
      const request = uaaTokens(uaaUrl, context);
      const readAssertion = secretReader('auth.assertion', assertion, context);
      return tokenKeeper({
        clock: context.clock,
        secretsAlwaysDiffer: typeof assertion === 'function',
        readSecrets: async () => [await readAssertion()],
        login: ([jwt = '']) =>
          advised(request({ grant_type: 'client_credentials' }, { id, secret: '', assertion: jwt }), adviceOnAssertion),
      });
    },
  };
}

function adviceOnAssertion({ errors }: AuthenticationError) {
  const isOfClient = errors.some(({ code }) => code === 'invalid_client');
  return {
    reason: isOfClient ? 'client-refused' : 'login-needed',
    advice:
      'An assertion lives for some minutes: pass a function that gets a new one. Its issuer and audience must be those that the UAA trusts for this client.',
  } as const;
}
