import { apiErrorForStatus } from '../errors/api-error-for-status.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import * as z from '../schema/schema.ts';
import type { Auth, AuthContext, AuthKind, Secret } from './auth.ts';
import { base64 } from './base64.ts';
import { readSecret, requireSecret } from './read-secret.ts';
import { readTokenAnswer } from './token-answer.ts';
import { tokenKeeper } from './token-keeper.ts';

export interface UaaPasswordOptions {
  readonly username: string;
  readonly password: Secret;
  /** @default 'cf' */
  readonly clientId?: string;
  /** The client `cf` has an empty one, which is not the same as none (CF-22). @default '' */
  readonly clientSecret?: Secret;
  /** Identity provider to log in at, such as `ldap`; sent as `login_hint`. */
  readonly origin?: string;
  /** Where UAA is. @default what `GET /` of the Cloud Controller names, `login` before `uaa` (CF-23) */
  readonly uaaUrl?: string;
}

export interface UaaClientCredentialsOptions {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** @default what `GET /` of the Cloud Controller names, `login` before `uaa` (CF-23) */
  readonly uaaUrl?: string;
}

const LONGEST_ADDRESS = 2_000;

const link = z.nullish(z.looseObject({ href: z.nullish(z.string()) }));
const RootSchema = z.looseObject({ links: z.looseObject({ login: link, uaa: link }) });

/**
 * A user's login at the foundation's UAA, as the cf CLI does it, with refresh.
 * @see https://github.com/cloudfoundry/uaa/blob/develop/docs/UAA-APIs.rst
 * @throws {ConfigurationError} a field is missing
 */
export function uaaPassword(options: UaaPasswordOptions): Auth {
  const username = requireText('auth.username', options?.username);
  const password = requireSecret('auth.password', options.password);
  const clientId = requireText('auth.clientId', options.clientId ?? 'cf');
  const clientSecret = requireSecret('auth.clientSecret', options.clientSecret ?? '', { allowEmpty: true });
  return uaaAuth('uaa-password', options.uaaUrl, (context, request) => {
    const client = async () => basic(clientId, await readSecret('auth.clientSecret', clientSecret, context), context);
    const hint =
      options.origin === undefined
        ? ''
        : `?login_hint=${encodeURIComponent(JSON.stringify({ origin: options.origin }))}`;
    return tokenKeeper({
      clock: context.clock,
      readSecrets: async () => [await readSecret('auth.password', password, context), await client()],
      login: ([secret = '', authorization = '']) =>
        request({ grant_type: 'password', username, password: secret }, authorization, hint),
      refresh: async (refreshToken) =>
        request({ grant_type: 'refresh_token', refresh_token: refreshToken }, await client()),
    });
  });
}

/**
 * A client's own login at the foundation's UAA. There is no refresh token: it logs in again (CF-21).
 * @see https://github.com/cloudfoundry/uaa/blob/develop/docs/UAA-APIs.rst
 * @throws {ConfigurationError} a field is missing
 */
export function uaaClientCredentials(options: UaaClientCredentialsOptions): Auth {
  const clientId = requireText('auth.clientId', options?.clientId);
  const clientSecret = requireSecret('auth.clientSecret', options.clientSecret, { allowEmpty: true });
  return uaaAuth('uaa-client-credentials', options.uaaUrl, (context, request) =>
    tokenKeeper({
      clock: context.clock,
      readSecrets: async () => [await readSecret('auth.clientSecret', clientSecret, context)],
      login: ([secret = '']) => request({ grant_type: 'client_credentials' }, basic(clientId, secret, context)),
    }),
  );
}

type TokenCall = (
  fields: Readonly<Record<string, string>>,
  authorization: string,
  query?: string,
) => Promise<ReturnType<typeof readTokenAnswer>>;

function uaaAuth(
  kind: AuthKind,
  uaaUrl: string | undefined,
  keeper: (context: AuthContext, request: TokenCall) => ReturnType<typeof tokenKeeper>,
): Auth {
  if (uaaUrl !== undefined && !(/^https?:\/\//i.test(uaaUrl) && URL.canParse(uaaUrl))) {
    throw new ConfigurationError('auth.uaaUrl', 'must be an absolute URL such as https://login.example.com.');
  }
  if (uaaUrl !== undefined && /\/\/[^/?#]*@/.test(uaaUrl)) {
    throw new ConfigurationError('auth.uaaUrl', 'must not hold credentials.');
  }
  return {
    kind,
    open: (context) => {
      let base = uaaUrl?.replace(/\/+$/, '');
      return keeper(context, async (fields, authorization, query = '') => {
        base ??= await discoverUaa(context);
        const answer = await context.send({
          url: `${base}/oauth/token${query}`,
          method: 'POST',
          headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(fields).toString(),
          grant: fields.grant_type ?? '',
        });
        return readTokenAnswer(answer, context);
      });
    },
  };
}

async function discoverUaa(context: AuthContext): Promise<string> {
  const answer = await context.send({ url: `${context.baseUrl}/`, method: 'GET', headers: {} });
  const { status, retryAfterMs } = answer;
  if (status >= 400) throw apiErrorForStatus(`GET / answered ${status}; UAA is not known.`, { status, retryAfterMs });
  const links = z.safeParse(RootSchema, answer.body).data?.links;
  const href = links?.login?.href ?? links?.uaa?.href;
  // To cut the slashes off an address of any length takes the square of it.
  if (!href || href.length > LONGEST_ADDRESS || !URL.canParse(href)) {
    throw new UnexpectedResponseError('GET / names no UAA; set `uaaUrl`.', { status });
  }
  const url = new URL(href);
  // Loopback needs no https, but what a foundation elsewhere calls loopback is a port of this machine.
  if (!(url.protocol === 'https:' || (url.protocol === 'http:' && context.baseUrl.startsWith('http:')))) {
    throw new UntrustedLocationError('GET / names a UAA without https; no credentials were sent to it. Set `uaaUrl`.', {
      location: url.protocol === 'http:' ? url.origin : url.protocol,
    });
  }
  // Whatever else the address holds would only get in the way of the path that is appended.
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function basic(clientId: string, clientSecret: string, context: AuthContext): string {
  const value = base64(`${clientId}:${clientSecret}`);
  if (clientSecret !== '') context.keepSecret(value);
  return `Basic ${value}`;
}
