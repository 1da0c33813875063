import { memoryTokenStore, type TokenStore } from '../../src/auth/token-store.ts';
import type { Clock } from '../../src/clock/clock.ts';
import { type EpmOAuthOptions, epmOAuth, OracleEpmClient } from '../../src/oracle-epm/index.ts';
import { type OracleEpmEmulatorOptions, oracleEpmEmulator } from '../../src/testing/oracle-epm/emulator.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';

export const BASE = 'https://epm-acme.epm.us-phoenix-1.ocs.oraclecloud.com';
export const IDCS = 'https://idcs-0123456789abcdef.identity.oraclecloud.com';
export const PUBLIC = 'public-client';
export const FIRST = 'emulated-refresh-token';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

type Send = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** An environment with its identity domain, and clients as different processes would have them. */
export function environmentWithLogin(scenario: OracleEpmEmulatorOptions['scenario'] & {} = {}, start?: number) {
  const clock = virtualClock(start ?? Date.UTC(2026, 3, 23, 9));
  const emulator = oracleEpmEmulator({ clock, scenario });
  const store = memoryTokenStore();
  /** A client with an authenticator of its own, like one of another process. */
  const processOf = (options: Partial<EpmOAuthOptions> = {}, fetch: Send = emulator.fetch, ownClock: Clock = clock) => {
    const auth = epmOAuth({ idcsUrl: IDCS, clientId: PUBLIC, refreshToken: FIRST, store, ...options });
    const epm = new OracleEpmClient({ baseUrl: BASE, auth, fetch, clock: ownClock });
    return { epm, list: () => epm.backups.list().toArray() };
  };
  const grants = () =>
    emulator.requests
      .filter(({ operationId }) => operationId === 'createToken')
      .map(({ body }) => new URLSearchParams(body));
  const refreshes = () => grants().map((form) => form.get('refresh_token'));
  return { clock, emulator, store, processOf, grants, refreshes };
}

/** What the only record of a store holds. */
export async function recordIn(store: TokenStore, name = `${new URL(IDCS).host}/${PUBLIC}`) {
  const stored = await store.read(name);
  return stored && (JSON.parse(stored.value) as Record<string, unknown>);
}

/** The same store, but for what a test changes. */
export function storeWith(store: TokenStore, change: Partial<TokenStore>): TokenStore {
  return { read: store.read, replace: store.replace, ...change };
}
