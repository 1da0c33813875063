import type { AuthContext } from '../auth/auth.ts';
import { base64 } from '../auth/base64.ts';
import type { IssuedToken } from '../auth/token-keeper.ts';
import { requestToken } from '../auth/token-request.ts';
import { apiErrorForStatus } from '../errors/api-error-for-status.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import * as z from '../schema/schema.ts';

/** The OAuth client that asks for a token, with its secret or with a JWT instead of it. */
export interface TokenClient {
  readonly id: string;
  readonly secret: string;
  readonly assertion?: string;
}

const JWT_CLIENT = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Requests a token from the UAA. `origin` is the identity provider of the user. */
export type UaaTokenRequest = (
  grant: Readonly<Record<string, string>>,
  client: TokenClient,
  origin?: string,
) => Promise<IssuedToken>;

const LONGEST_ADDRESS = 2_000;

const link = z.nullish(z.looseObject({ href: z.nullish(z.string()) }));
const RootSchema = z.looseObject({ links: z.looseObject({ login: link, uaa: link }) });

/**
 * The token endpoint of a foundation. @param uaaUrl without a trailing slash; if undefined, it is read once from `GET
 * /`
 */
export function uaaTokens(uaaUrl: string | undefined, context: AuthContext): UaaTokenRequest {
  let base = uaaUrl;
  return async (grant, client, origin) => {
    base ??= await discoverUaa(context);
    const hint = origin === undefined ? '' : `?login_hint=${encodeURIComponent(JSON.stringify({ origin }))}`;
    const { headers, fields } = authenticate(client);
    const url = `${base}/oauth/token${hint}`;
    // A passcode works once, and a refresh token may.
    const isOnce = grant.passcode !== undefined || grant.refresh_token !== undefined;
    return requestToken({ url, headers, fields: { ...grant, ...fields }, isOnce }, context);
  };
}

/**
 * A secret is sent in the form, like the cf CLI does, because the UAA URL-decodes secrets in a Basic header. An empty
 * secret is sent as Basic, like that of the client `cf`.
 */
function authenticate({ id, secret, assertion }: TokenClient): {
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
} {
  if (assertion !== undefined) {
    return { headers: {}, fields: { client_id: id, client_assertion_type: JWT_CLIENT, client_assertion: assertion } };
  }
  if (secret !== '') return { headers: {}, fields: { client_id: id, client_secret: secret } };
  const authorization = `Basic ${base64(`${encodeURIComponent(id)}:`)}`;
  if (id === 'cf') return { headers: { authorization }, fields: {} };
  return { headers: { authorization, 'x-cf-encoded-credentials': 'true' }, fields: {} };
}

async function discoverUaa(context: AuthContext): Promise<string> {
  const answer = await context.send({ url: `${context.baseUrl}/`, method: 'GET', headers: {} });
  const { status, retryAfterMs } = answer;
  if (status === 429 || status >= 500) {
    throw apiErrorForStatus(`GET / answered ${status}, so the address of the UAA is not known.`, {
      status,
      retryAfterMs,
    });
  }
  const links = z.safeParse(RootSchema, answer.body).data?.links;
  const href = links?.login?.href ?? links?.uaa?.href;
  // The length is limited, because removing trailing slashes takes quadratic time.
  if (status >= 300 || !href || href.length > LONGEST_ADDRESS || !URL.canParse(href)) {
    // This is never an authentication error, because no login was attempted.
    throw new UnexpectedResponseError(`GET / answered ${status} and contains no address of a UAA; set \`uaaUrl\`.`, {
      status,
    });
  }
  const url = new URL(href);
  // Plain http is allowed for loopback, but only if the foundation itself is on loopback. Otherwise the address would
  // mean a port of this machine.
  if (!(url.protocol === 'https:' || (url.protocol === 'http:' && context.baseUrl.startsWith('http:')))) {
    throw new UntrustedLocationError(
      'GET / contains an address of a UAA without https; no credentials were sent to it. Set `uaaUrl`.',
      {
        location: url.protocol === 'http:' ? url.origin : url.protocol,
      },
    );
  }
  // Query and fragment are dropped, because a path is appended.
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
