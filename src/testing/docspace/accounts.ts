import type { DocSpaceCredentials } from './credentials.ts';
import { guid, hex } from './ids.ts';
import { DAY_MS } from './job.ts';
import type { Portal } from './portal.ts';

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly permissions: readonly string[];
  readonly issuedAt: number;
  readonly expiresAt: number | undefined;
  readonly generation: number;
}

interface Session {
  readonly token: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly usesLeft: () => boolean;
  readonly generation: number;
}

/** Whom a request comes from, or why that is not known. */
export type Principal =
  | { readonly kind: 'user'; readonly key?: ApiKey }
  | { readonly kind: 'anonymous' | 'unknown-key' | 'stale-session' | 'wrong-password' };

export type Accounts = ReturnType<typeof createAccounts>;

/** Keys, sessions and the password of one user; a restore ends them all, since they hang on the tenant (DS-13). */
export function createAccounts(portal: Portal, credentials: DocSpaceCredentials) {
  const { clock, scenario } = portal;
  const keys: ApiKey[] = [];
  const sessions: Session[] = [];
  let password = { text: credentials.password, generation: portal.generation() };

  const isLive = (item: {
    readonly issuedAt: number;
    readonly expiresAt: number | undefined;
    readonly generation: number;
  }) => {
    if (item.expiresAt !== undefined && clock.now() >= item.expiresAt) return false;
    const first = portal.restores[0];
    const cut = scenario.faults?.expireTokens;
    if (first && cut && item.issuedAt < first.startedAt + cut.atMs && clock.now() >= first.startedAt + cut.atMs)
      return false;
    return scenario.credentialsSurvive === true || item.generation === portal.generation();
  };
  const isPassword = (userName: unknown, text: unknown): boolean =>
    userName === credentials.userName &&
    text === password.text &&
    (scenario.credentialsSurvive === true || password.generation === portal.generation());

  const addKey = (
    name: string,
    permissions: readonly string[],
    options: { key?: string; days?: number } = {},
  ): ApiKey => {
    const number = keys.length + 1;
    const key: ApiKey = {
      id: guid(0x3a7b91c2, number),
      name,
      key: options.key ?? `sk-${hex(1000 + number, 64)}`,
      permissions,
      issuedAt: clock.now(),
      expiresAt: options.days === undefined ? undefined : clock.now() + options.days * DAY_MS,
      generation: portal.generation(),
    };
    keys.push(key);
    return key;
  };
  const addSession = (token: string, life: { readonly lifeMs?: number; readonly uses?: number } = {}): Session => {
    let uses = life.uses ?? Number.POSITIVE_INFINITY;
    const session: Session = {
      token,
      issuedAt: clock.now(),
      expiresAt: clock.now() + (life.lifeMs ?? 365 * DAY_MS),
      usesLeft: () => uses-- > 0,
      generation: portal.generation(),
    };
    sessions.push(session);
    return session;
  };
  const bySession = (token: string): Principal => {
    const session = sessions.find((item) => item.token === token);
    return session && isLive(session) && session.usesLeft() ? { kind: 'user' } : { kind: 'stale-session' };
  };

  addKey('Emulated', scenario.keyPermissions ?? ['*'], { key: credentials.apiKey });
  addSession(credentials.sessionToken);

  return {
    isPassword,
    addKey,
    openSession: (lifeMs?: number) =>
      addSession(hex(2000 + sessions.length, 48), lifeMs === undefined ? scenario.tokens : { lifeMs }),
    liveKeys: () => keys.filter(isLive),
    /** What the mail after a restore asks of every user. */
    resetPassword(text: string): void {
      password = { text, generation: portal.generation() };
    },
    /**
     * Only `Bearer sk-` is read as a key. A key without `Bearer` counts as a token, and `ApiKeyBearer` is ignored
     * (DS-16).
     */
    identify(headers: Headers): Principal {
      const authorization = headers.get('authorization');
      if (authorization === null) {
        const cookie = /(?:^|;\s*)asc_auth_key=([^;]*)/.exec(headers.get('cookie') ?? '')?.[1];
        return cookie ? bySession(cookie) : { kind: 'anonymous' };
      }
      const basic = /^basic\s+(.+)$/i.exec(authorization)?.[1];
      if (basic !== undefined) {
        const [userName, ...rest] = decodeBasic(basic).split(':');
        return { kind: isPassword(userName, rest.join(':')) ? 'user' : 'wrong-password' };
      }
      const bearer = /^bearer\s+(.+)$/i.exec(authorization)?.[1];
      if (bearer?.startsWith('sk-')) {
        const key = keys.find((item) => item.key === bearer && isLive(item));
        return key ? { kind: 'user', key } : { kind: 'unknown-key' };
      }
      return bySession(bearer ?? authorization);
    },
  };
}

function decodeBasic(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  } catch {
    return '';
  }
}
