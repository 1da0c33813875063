import { StoreError } from '../errors/store-error.ts';
import { jwtClaims } from './jwt.ts';
import type { IssuedToken } from './token-keeper.ts';
import { EMPTY, fingerprint, parseRecord, type TokenRecord, withFingerprint } from './token-record.ts';
import type { TokenStore } from './token-store.ts';

/** How often a record is written again because another process was faster. */
export const MOST_ROUNDS = 20;

/** The record of tokens that were just issued. @param consumed the refresh token that was used for them */
export function tokensOf(
  issued: IssuedToken,
  login: { readonly refreshToken: string; readonly consumed?: string | undefined; readonly used: readonly string[] },
): TokenRecord {
  const { accessToken, expiresIn, requestedAt } = issued;
  const { refreshToken, consumed, used } = login;
  const lifeMs = expiresIn === undefined ? undefined : expiresIn * 1_000;
  return {
    ...EMPTY,
    refreshToken,
    accessToken,
    lifeMs,
    expiresAt: lifeMs === undefined ? undefined : requestedAt + lifeMs,
    subject: jwtClaims(accessToken).sub,
    used: consumed === undefined ? used : withFingerprint(used, fingerprint(consumed)),
  };
}

/**
 * Stores the tokens of a login that a person has just made. It takes the place of the login that the record holds.
 */
export async function storeLogin(store: TokenStore, name: string, issued: IssuedToken): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const stored = await store.read(name);
    const record = stored && parseRecord(name, stored.value);
    const { sub } = jwtClaims(issued.accessToken);
    const isSameUser = sub !== undefined && record?.subject === sub;
    // Tokens of the same user that older configurations still name must not be sent again.
    const before = record?.refreshToken ? [fingerprint(record.refreshToken)] : [];
    const used = isSameUser ? [...record.used, ...before] : [];
    const next = tokensOf(issued, { refreshToken: issued.refreshToken ?? '', used });
    const written = await store.replace(name, JSON.stringify(next), stored?.version);
    if (written !== undefined) return;
  }
  throw new StoreError(`Other processes changed the record ${name} at each attempt.`, { reason: 'overtaken' });
}
