import type { TokenRecord } from './token-record.ts';

/** What one process knows when it needs an access token. */
export interface TokenNeed {
  readonly now: number;
  /** The id of this process among those that refresh. */
  readonly self: string;
  /** The refresh token of the options, with its fingerprint. */
  readonly seed: { readonly token: string; readonly fingerprint: string } | undefined;
  /** The access token that this process used last, and that has ended or was refused. */
  readonly ended: string | undefined;
  /** The user of the tokens that this process has used. */
  readonly subject: string | undefined;
  /** Since when this process sees the claim of the record unchanged. */
  readonly claimSeenAt: number | undefined;
}

/** What to do next. */
export type TokenDecision =
  /** The access token of the record is good. */
  | { readonly type: 'use' }
  /** Another process refreshes. */
  | { readonly type: 'wait' }
  | {
      readonly type: 'refresh';
      readonly refreshToken: string;
      /** The fingerprint of the token, if it is that of the options and not that of the record. */
      readonly seed: string | undefined;
      /** Whether a process died while it refreshed with the same token. */
      readonly afterDeath: boolean;
    }
  /** There is no token that could be used. */
  | { readonly type: 'stop'; readonly why: 'missing' | 'refused' | 'seed-refused' | 'holders-died' | 'other-user' };

/** A refresh takes 30 s at most by default. A claim that is older belongs to a process that has died. */
const CLAIM_MS = 90_000;
/** How far the clocks of two processes may differ. */
const CLOCK_SKEW_MS = 300_000;
/** An access token of the store that ends within this time, or within a fifth of its life, is refreshed. */
const MARGIN_MS = 60_000;
/** A process that died while it refreshed is followed by one more attempt with the same token. */
const MOST_DEATHS = 1;

export function decideOnTokens(record: TokenRecord | undefined, need: TokenNeed): TokenDecision {
  const { seed, subject } = need;
  const isNewSeed = seed !== undefined && !isOfRecord(seed, record);
  if (seed && isNewSeed && record?.refusedSeeds.includes(seed.fingerprint))
    return { type: 'stop', why: 'seed-refused' };
  if (!isNewSeed) {
    if (!record || record.refreshToken === '') return { type: 'stop', why: 'missing' };
    if (subject !== undefined && record.subject !== undefined && record.subject !== subject) {
      return { type: 'stop', why: 'other-user' };
    }
    if (isUsable(record, need)) return { type: 'use' };
    if (record.refusal) return { type: 'stop', why: 'refused' };
  }
  const claim = record?.claim;
  const isForeign = claim !== undefined && claim.by !== need.self;
  if (isForeign && !isDead(claim, need)) return { type: 'wait' };
  const seedOnTrial = isNewSeed ? seed.fingerprint : undefined;
  const afterDeath = isForeign && (claim.seed ?? undefined) === seedOnTrial;
  if (afterDeath && (record?.deaths ?? 0) >= MOST_DEATHS) return { type: 'stop', why: 'holders-died' };
  const refreshToken = isNewSeed ? seed.token : (record?.refreshToken ?? '');
  return { type: 'refresh', refreshToken, seed: seedOnTrial, afterDeath };
}

/** Whether the token of the options began the login of the record, or belonged to it. */
function isOfRecord(seed: NonNullable<TokenNeed['seed']>, record: TokenRecord | undefined): boolean {
  return record !== undefined && (record.refreshToken === seed.token || record.used.includes(seed.fingerprint));
}

function isUsable({ accessToken, expiresAt, lifeMs }: TokenRecord, { now, ended }: TokenNeed): boolean {
  if (accessToken === undefined || accessToken === ended) return false;
  return expiresAt === undefined || now < expiresAt - Math.min(MARGIN_MS, (lifeMs ?? MARGIN_MS) / 5);
}

function isDead(claim: { readonly at: number }, { now, claimSeenAt }: TokenNeed): boolean {
  return now - claim.at >= CLAIM_MS + CLOCK_SKEW_MS || (claimSeenAt !== undefined && now - claimSeenAt >= CLAIM_MS);
}
