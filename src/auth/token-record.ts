import type { AuthenticationReason } from '../errors/authentication-error.ts';
import { StoreError } from '../errors/store-error.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { sha256 } from '../values/sha256.ts';

/** What a token store holds of one login. */
export interface TokenRecord {
  readonly v: 1;
  /** The next refresh token to use; empty if there is none. */
  readonly refreshToken: string;
  readonly accessToken?: string | undefined;
  /** In milliseconds since the epoch; undefined if the server has not said it. */
  readonly expiresAt?: number | undefined;
  readonly lifeMs?: number | undefined;
  /** The user of the access token, if it names one. */
  readonly subject?: string | undefined;
  /** Fingerprints of refresh tokens of this login that were used, the latest last. */
  readonly used: readonly string[];
  /** Fingerprints of refresh tokens of the options that the server has refused for good. */
  readonly refusedSeeds: readonly string[];
  /** A process is refreshing. */
  readonly claim?: TokenClaim | undefined;
  /** How many processes have died while they refreshed, since the last new token. */
  readonly deaths: number;
  /** Whether the answer to a refresh was lost, so that the token may have been used. */
  readonly isUncertain: boolean;
  /** The server has refused the refresh token for good. */
  readonly refusal?: TokenRefusal | undefined;
}

export interface TokenClaim {
  /** The id of the process. */
  readonly by: string;
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  /** The fingerprint of the refresh token, if it is not that of the record but one of the options. */
  readonly seed?: string | undefined;
}

export interface TokenRefusal {
  readonly message: string;
  readonly reason?: AuthenticationReason | undefined;
}

const text = z.nullish(z.string());
const RecordSchema = z.looseObject({
  v: z.where(z.number(), (version) => version === 1, 'is of another version'),
  refreshToken: z.string(),
  accessToken: text,
  expiresAt: z.nullish(z.number()),
  lifeMs: z.nullish(z.number()),
  subject: text,
  used: z.array(z.string()),
  refusedSeeds: z.array(z.string()),
  claim: z.nullish(z.looseObject({ by: z.string(), at: z.number(), seed: text })),
  deaths: z.number(),
  isUncertain: z.boolean(),
  refusal: z.nullish(z.looseObject({ message: z.string(), reason: text })),
});

export const EMPTY: TokenRecord = { v: 1, refreshToken: '', used: [], refusedSeeds: [], deaths: 0, isUncertain: false };

/** @throws {StoreError} reason 'damaged' */
export function parseRecord(name: string, value: string): TokenRecord {
  let json: unknown;
  try {
    json = JSON.parse(value);
  } catch {
    json = undefined;
  }
  const { data } = z.safeParse(RecordSchema, json);
  // The issues would show parts of the record.
  if (!data) throw new StoreError(`The record ${name} of the token store is damaged.`, { reason: 'damaged' });
  return omitUndefined(data) as unknown as TokenRecord;
}

/** Identifies a token without showing it. Synchronous, so that no other call can come in between. */
export function fingerprint(token: string): string {
  return sha256(token).slice(0, 16);
}

/** A login of a week that is refreshed each hour has 168. */
const MOST_USED = 200;

/** The same list with one more, without the oldest. */
export function withFingerprint(list: readonly string[], added: string): readonly string[] {
  return [...list.filter((each) => each !== added), added].slice(-MOST_USED);
}
