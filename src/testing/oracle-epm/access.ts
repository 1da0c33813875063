import { jsonAnswer } from '../answer.ts';
import { isWithin } from '../faults.ts';
import { errorAnswer } from './answers.ts';
import type { IdentityDomain } from './identity-domain.ts';
import type { OracleEpmScenario } from './scenario.ts';

export interface OracleEpmAccess {
  /** Name of the account, or identity domain, that may stand before the user name. */
  readonly accountName: string;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly bearerTokens: readonly string[];
}

/** Checks the caller. The returned function answers callers without access. */
export function createGate(
  access: OracleEpmAccess,
  identity: IdentityDomain,
  { faults = {}, release = '26.11' }: OracleEpmScenario,
) {
  const uses = new Map<string, number>();
  const { username, password } = access.credentials;
  const isPrefixRead = release === '26.04';
  const names = isPrefixRead ? [username, `${access.accountName}.${username}`] : [username];
  const basic = names.map((name) => encodeBasic({ username: name, password }));

  return (request: Request, at: { readonly elapsedMs: number | undefined; readonly polls: number }) => {
    const [, scheme = '', value = ''] = /^(\S+) +(\S+) *$/.exec(request.headers.get('authorization') ?? '') ?? [];
    const isBearer = scheme.toLowerCase() === 'bearer';
    const isKnown = isBearer ? isAlive(value) : scheme.toLowerCase() === 'basic' && basic.includes(value);
    if (!isKnown) return unauthorized(isBearer);

    const { deny } = faults;
    if (deny === undefined || at.elapsedMs === undefined) return undefined;
    if (!isWithin(deny, { elapsedMs: at.elapsedMs, polls: at.polls })) return undefined;
    return deny.status === 401 ? unauthorized(isBearer) : errorAnswer(403, 'You are not authorized for this operation');
  };

  function isAlive(token: string): boolean {
    if (!access.bearerTokens.includes(token) && !identity.admits(token)) return false;
    const used = (uses.get(token) ?? 0) + 1;
    uses.set(token, used);
    return used <= (faults.bearerLifeUses ?? Number.POSITIVE_INFINITY);
  }
}

/** The 401 that fits the kind of credentials of the request. */
export function refusedLogin(request: Request): Response {
  return unauthorized(/^bearer /i.test(request.headers.get('authorization') ?? ''));
}

function unauthorized(isBearer: boolean): Response {
  // Which of the families of error bodies a 401 carries is not documented; this is the one that has a 401 sample.
  return jsonAnswer(
    {
      statusCode: 401,
      status: 'Unauthorized',
      message: 'Invalid credentials for user',
      errorCode: -1,
      operation: 'Authentication',
    },
    {
      status: 401,
      headers: {
        'www-authenticate': isBearer
          ? 'Bearer error="invalid_token", error_description="Token Expired"'
          : 'Basic realm="Oracle EPM"',
      },
    },
  );
}

function encodeBasic({ username, password }: OracleEpmAccess['credentials']): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${username}:${password}`)));
}
