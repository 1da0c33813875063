import { advised } from '../auth/advised.ts';
import type { Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { type DeviceCode, deviceLogin } from '../auth/device-login.ts';
import { adviceOnClient } from '../auth/refresh-advice.ts';
import { readSecret } from '../auth/secret-reader.ts';
import { storeLogin } from '../auth/store-login.ts';
import { requireTokenStore, type TokenStore } from '../auth/token-store.ts';
import { type LoginContextOptions, loginContext } from '../client/login-context.ts';
import { checkLoginOptions } from '../client/login-options.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { optionalFunctions, optionalText, requireText } from '../errors/require.ts';
import { clientParts, deviceUrlOf, parseIdcsUrl, recordName, tokenUrlOf } from './identity-domain.ts';

export interface EpmDeviceLoginOptions extends LoginContextOptions {
  /** Address of the identity domain (IDCS), such as `https://idcs-0123456789abcdef.identity.oraclecloud.com`. */
  readonly idcsUrl: string;
  readonly clientId: string;
  /** The secret of a confidential client. A public client has none. */
  readonly clientSecret?: Secret | undefined;
  /**
   * `urn:opc:serviceInstanceID=<ID>urn:opc:resource:consumer::all`, with the id of the environment's application.
   * `offline_access`, without which there is no refresh token, is added.
   */
  readonly scope: string;
  /** Shows the person the code and the address. The polls begin when it has returned. */
  readonly onCode: (code: DeviceCode) => void | Promise<void>;
  /** Where the login is kept for `epmOAuth` with the same store. */
  readonly store?: TokenStore | undefined;
  /** The record of this login in the store. @default host and client id, like in `epmOAuth` */
  readonly name?: string | undefined;
  /** Ends the login. */
  readonly signal?: AbortSignal | undefined;
}

/** The login of a person. Keep it like a password. */
export interface EpmLogin {
  /** For `epmOAuth`. It works once. If the login went into a store, leave it to the store. */
  readonly refreshToken: string;
}

const OFFLINE = 'offline_access';

/**
 * Logs a person in with a device code: the person opens an address in a browser, on any machine, and confirms the code.
 * The identity domain is polled at the interval that it asks for. The result is the refresh token for `epmOAuth`.
 *
 * @example
 * const store = fileTokenStore('/var/lib/epm/tokens');
 * await epmDeviceLogin({
 *   idcsUrl, clientId, scope, store,
 *   onCode: ({ userCode, verificationUri }) => console.log(`Open ${verificationUri} and type ${userCode}`),
 * });
 *
 * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/authentication_oath.html
 * @throws {ConfigurationError} a field is missing or unknown; nothing was sent
 * @throws {AuthenticationError} reason 'code-expired': nobody confirmed the code in time; 'denied': the person refused;
 *   'client-refused', 'client-not-allowed': the registration of the client is not right
 * @throws {StoreError} the login could not be stored; it is lost
 */
export async function epmDeviceLogin(options: EpmDeviceLoginOptions): Promise<EpmLogin> {
  checkLoginOptions(options, [
    'idcsUrl',
    'clientId',
    'clientSecret',
    'scope',
    'onCode',
    'store',
    'name',
    'signal',
    'fetch',
    'clock',
  ]);
  const idcsUrl = parseIdcsUrl(options.idcsUrl);
  const clientId = requireText('auth.clientId', options.clientId);
  const scope = withOffline(requireText('auth.scope', options.scope));
  if (typeof options.onCode !== 'function') throw new ConfigurationError('onCode', 'must be a function.');
  optionalFunctions(options, 'fetch');
  const name = optionalText('auth.name', options.name) ?? recordName(idcsUrl, clientId);
  const store = options.store && requireTokenStore('auth.store', options.store);
  const clientSecret =
    options.clientSecret === undefined ? undefined : requireSecret('auth.clientSecret', options.clientSecret);

  const context = loginContext(idcsUrl, options);
  const secret = clientSecret && (await readSecret('auth.clientSecret', clientSecret, context));
  const { headers } = clientParts(clientId, secret, context);
  const client = { client_id: clientId };
  const fields = { response_type: 'device_code', scope, ...client };
  const { onCode, signal } = options;
  const urls = { deviceUrl: deviceUrlOf(idcsUrl), tokenUrl: tokenUrlOf(idcsUrl) };
  const issued = await advised(
    deviceLogin({ ...urls, headers, fields, client, onCode, signal }, context),
    adviceOnClient,
  );
  const { refreshToken } = issued;
  if (refreshToken === undefined) {
    throw new AuthenticationError(
      'The identity domain issued no refresh token. Allow the grant type Refresh Token in the registration of the client, and check the scope.',
      { status: 401, reason: 'client-not-allowed' },
    );
  }
  if (store) await storeLogin(store, name, issued);
  return { refreshToken };
}

function withOffline(scope: string): string {
  return scope.split(/\s+/).includes(OFFLINE) ? scope : `${scope} ${OFFLINE}`;
}
