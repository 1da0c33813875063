import { BASE, JOB } from '../http/cloud-foundry-client.ts';
import { type Received, type ScriptedServer, scriptedServer } from '../support/scripted-server.ts';

export interface TokenServerOptions {
  /** Answers a grant; undefined issues a token. `index` counts from 0. */
  readonly grant?: (
    form: URLSearchParams,
    index: number,
    request: Received,
  ) => Response | undefined | Promise<Response | undefined>;
  /** Answers a call of the API; undefined answers a running job. */
  readonly api?: (request: Received, index: number) => Response | undefined | Promise<Response | undefined>;
  readonly expiresIn?: number | null;
  readonly withRefresh?: boolean;
}

export interface TokenServer extends ScriptedServer {
  readonly grants: readonly URLSearchParams[];
  readonly calls: readonly Received[];
}

/** A foundation and its UAA in one: the n-th token is `token-n`, its refresh token `refresh-n`. */
export function tokenServer(options: TokenServerOptions = {}): TokenServer {
  const grants: URLSearchParams[] = [];
  const calls: Received[] = [];
  let issued = 0;
  const server = scriptedServer(async (request) => {
    if (request.url.pathname === '/') return Response.json({ links: { login: { href: BASE } } });
    if (request.url.pathname === '/oauth/token') {
      const form = new URLSearchParams(request.body);
      grants.push(form);
      const answer = await options.grant?.(form, grants.length - 1, request);
      if (answer) return answer;
      issued += 1;
      const life = options.expiresIn === undefined ? 1199 : options.expiresIn;
      return Response.json({
        access_token: `token-${issued}`,
        token_type: 'bearer',
        ...(life === null ? {} : { expires_in: life }),
        ...(options.withRefresh === false ? {} : { refresh_token: `refresh-${issued}` }),
      });
    }
    calls.push(request);
    return (await options.api?.(request, calls.length - 1)) ?? Response.json(JOB);
  });
  return { ...server, grants, calls };
}

export const refusal = (status = 401) =>
  Response.json({ error: 'invalid_grant', error_description: 'no longer valid' }, { status });
export const unauthorized = () =>
  Response.json(
    { errors: [{ code: 1000, title: 'CF-InvalidAuthToken', detail: 'Invalid Auth Token' }] },
    { status: 401 },
  );
export const grantsOf = (server: TokenServer) => server.grants.map((form) => form.get('grant_type'));
export const tokensOf = (server: TokenServer) => server.calls.map(({ headers }) => headers.get('authorization'));
