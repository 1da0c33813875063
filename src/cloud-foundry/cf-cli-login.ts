import { advised } from '../auth/advised.ts';
import type { Auth, AuthContext, Authenticator } from '../auth/auth.ts';
import { headerToken } from '../auth/check-secret.ts';
import { jwtClaims } from '../auth/jwt.ts';
import { type IssuedToken, tokenKeeper } from '../auth/token-keeper.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type CfCliConfig, parseCfCliConfig } from './cf-cli-config.ts';
import { checkUaaUrl } from './uaa-address.ts';
import { type UaaTokenRequest, uaaTokens } from './uaa-tokens.ts';

/** The space that the cf CLI targets. It can be spread into `serviceInstances.find`. */
export interface CfCliTarget {
  /** Name of the organization, if one is targeted. */
  readonly organization?: string;
  /** Name of the space, if one is targeted. */
  readonly space?: string;
}

/** The login of the cf CLI of this machine. */
export interface CfCliLogin extends Auth {
  /** Address of the Cloud Controller that the CLI targets, for `baseUrl`. */
  readonly baseUrl: string;
  /** What the CLI targets at the moment of the call of `cfCli`. */
  readonly target: CfCliTarget;
}

/** The cf CLI refreshes a token that lives no longer than this. */
const LEAST_LIFE_MS = 60_000;
const LOG_IN = 'Run cf login, or cf auth, on this machine.';

/** @param readText reads the file `config.json`. @throws {ConfigurationError} the CLI has no target, or no login */
export function cfCliLogin(path: string, readText: () => string): CfCliLogin {
  const first = parseCfCliConfig(path, readText());
  if (first.accessToken === '' && first.refreshToken === '') {
    throw new ConfigurationError('auth', `the cf CLI is not logged in (${path}). ${LOG_IN}`);
  }
  return {
    kind: 'cf-cli',
    baseUrl: first.api,
    target: omitUndefined({ organization: first.organization, space: first.space }),
    open: (context) => {
      const elsewhere = otherApi(first, context, path);
      if (elsewhere) throw new ConfigurationError('auth', elsewhere);
      return cfCliAuthenticator(() => readAgain(path, readText), context, path);
    },
  };
}

/**
 * The tokens of the file are used as they are, and refreshed like the CLI does. The file is read before each renewal,
 * because the CLI may have refreshed or logged in meanwhile. It is never written.
 */
function cfCliAuthenticator(read: () => CfCliConfig, context: AuthContext, path: string): Authenticator {
  const { clock } = context;
  let config: CfCliConfig;
  /** The access token of the file that was used last. */
  let used: string | undefined;
  /** The refresh token of our last refresh, and that of the file at the time. */
  let own: { readonly token: string; readonly ofFile: string } | undefined;

  const fromFile = (): IssuedToken | undefined => {
    const { accessToken } = config;
    if (accessToken === '' || accessToken === used) return undefined;
    used = accessToken;
    const now = clock.now();
    const { exp } = jwtClaims(accessToken);
    if (exp !== undefined && exp * 1_000 - now < LEAST_LIFE_MS) return undefined;
    return {
      accessToken: headerToken('auth', accessToken),
      refreshToken: undefined,
      expiresIn: exp === undefined ? undefined : exp - now / 1_000,
      requestedAt: now,
      isBorrowed: true,
    };
  };

  const refreshed = async (request: UaaTokenRequest, refreshToken: string): Promise<IssuedToken> => {
    const { clientId, clientSecret, refreshToken: ofFile } = config;
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const token = await request(form, { id: clientId, secret: clientSecret });
    own = { token: token.refreshToken ?? refreshToken, ofFile };
    return token;
  };

  const renewed = async (): Promise<IssuedToken> => {
    const { clientId, clientSecret, grantType, refreshToken, uaa } = config;
    const request = uaaTokens(checkUaaUrl(uaa), context);
    if (grantType === 'client_credentials' && clientSecret !== '') {
      return request({ grant_type: 'client_credentials' }, { id: clientId, secret: clientSecret });
    }
    const ours = own?.ofFile === refreshToken ? own.token : undefined;
    if (ours !== undefined && ours !== refreshToken) {
      try {
        return await refreshed(request, ours);
      } catch (error) {
        if (!AuthenticationError.isInstance(error)) throw error;
        own = undefined;
      }
    }
    if (refreshToken !== '') return refreshed(request, refreshToken);
    throw new AuthenticationError(`The login of the cf CLI has ended, and ${path} has no refresh token. ${LOG_IN}`, {
      status: 401,
      reason: 'login-needed',
    });
  };

  return tokenKeeper({
    clock,
    readSecrets: async () => {
      config = read();
      const { accessToken, refreshToken, clientSecret } = config;
      for (const token of [accessToken, refreshToken]) context.keepSecret(token, 'issued');
      context.keepSecret(clientSecret);
      const elsewhere = otherApi(config, context, path);
      if (elsewhere) throw new AuthenticationError(elsewhere, { status: 401, reason: 'login-needed' });
      return [accessToken, refreshToken, clientSecret];
    },
    login: async () =>
      fromFile() ??
      advised(renewed(), () => ({ reason: 'login-needed', advice: `The login of the cf CLI has ended. ${LOG_IN}` })),
  });
}

/** The CLI may write the file at this moment, so a file that cannot be read says nothing about the login. */
function readAgain(path: string, readText: () => string): CfCliConfig {
  try {
    return parseCfCliConfig(path, readText());
  } catch (error) {
    throw new ConnectionError(`The login of the cf CLI cannot be read from ${path}, so nothing was sent.`, {
      sent: 'no',
      cause: error,
    });
  }
}

/** What is wrong if the tokens are for another foundation than the client's. */
function otherApi({ api }: CfCliConfig, context: AuthContext, path: string): string | undefined {
  const { origin } = new URL(api);
  if (origin === new URL(context.baseUrl).origin) return undefined;
  return `The cf CLI is logged in to ${origin} (${path}), and not to ${context.baseUrl}. Nothing was sent. Use cfCli().baseUrl as \`baseUrl\`, or run cf login for this foundation.`;
}
