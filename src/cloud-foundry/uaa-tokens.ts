import type { AuthContext } from '../auth/auth.ts';
import { base64 } from '../auth/base64.ts';
import type { IssuedToken } from '../auth/token-keeper.ts';
import { requestToken } from '../auth/token-request.ts';
import { apiErrorForStatus } from '../errors/api-error-for-status.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import * as z from '../schema/schema.ts';

/** The OAuth client that asks for a token. */
export interface TokenClient {
  readonly id: string;
  readonly secret: string;
}

/** Asks the UAA for a token; `origin` is the identity provider to log in at. */
export type UaaTokenRequest = (
  grant: Readonly<Record<string, string>>,
  client: TokenClient,
  origin?: string,
) => Promise<IssuedToken>;

const LONGEST_ADDRESS = 2_000;

const link = z.nullish(z.looseObject({ href: z.nullish(z.string()) }));
const RootSchema = z.looseObject({ links: z.looseObject({ login: link, uaa: link }) });

/** The token endpoint of a foundation. @param uaaUrl without a slash at its end; undefined to ask `GET /` for it once */
export function uaaTokens(uaaUrl: string | undefined, context: AuthContext): UaaTokenRequest {
  let base = uaaUrl;
  return async (grant, client, origin) => {
    base ??= await discoverUaa(context);
    const hint = origin === undefined ? '' : `?login_hint=${encodeURIComponent(JSON.stringify({ origin }))}`;
    const { headers, fields } = authenticate(client);
    return requestToken({ url: `${base}/oauth/token${hint}`, headers, fields: { ...grant, ...fields } }, context);
  };
}

/**
 * A secret goes in the form, as the cf CLI sends it: UAA takes it as it is there, and URL-decodes what comes by Basic. An
 * empty one goes by Basic, as that of the client `cf` always did.
 */
function authenticate({ id, secret }: TokenClient): {
  readonly headers: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
} {
  if (secret !== '') return { headers: {}, fields: { client_id: id, client_secret: secret } };
  const authorization = `Basic ${base64(`${encodeURIComponent(id)}:`)}`;
  if (id === 'cf') return { headers: { authorization }, fields: {} };
  return { headers: { authorization, 'x-cf-encoded-credentials': 'true' }, fields: {} };
}

async function discoverUaa(context: AuthContext): Promise<string> {
  const answer = await context.send({ url: `${context.baseUrl}/`, method: 'GET', headers: {} });
  const { status, retryAfterMs } = answer;
  if (status === 429 || status >= 500) {
    throw apiErrorForStatus(`GET / answered ${status}; UAA is not known.`, { status, retryAfterMs });
  }
  const links = z.safeParse(RootSchema, answer.body).data?.links;
  const href = links?.login?.href ?? links?.uaa?.href;
  // To cut the slashes off an address of any length takes the square of it.
  if (status >= 300 || !href || href.length > LONGEST_ADDRESS || !URL.canParse(href)) {
    // Whatever the status: nobody was refused, since nobody has logged in.
    throw new UnexpectedResponseError(`GET / answered ${status} and names no UAA; set \`uaaUrl\`.`, { status });
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
