import { describe, expect, it } from 'vitest';
import { decideOnTokens, type TokenNeed } from '../../src/auth/decide-on-tokens.ts';
import { EMPTY, fingerprint, type TokenRecord } from '../../src/auth/token-record.ts';

const NOW = 1_000_000_000;
const HOUR = 3_600_000;
const seedOf = (token: string) => ({ token, fingerprint: fingerprint(token) });
const NEED: TokenNeed = {
  now: NOW,
  self: 'me',
  seed: undefined,
  ended: undefined,
  subject: undefined,
  claimSeenAt: undefined,
};
const RECORD: TokenRecord = {
  ...EMPTY,
  refreshToken: 'R5',
  accessToken: 'A5',
  expiresAt: NOW + HOUR / 2,
  lifeMs: HOUR,
  subject: 'ada',
  used: ['R1', 'R2', 'R3', 'R4'].map(fingerprint),
};
const ENDED = { ...RECORD, expiresAt: NOW - 1 };
const ofOther = (at: number, seed?: string) => ({ claim: { by: 'other', at, seed } });

describe('with a good access token in the record', () => {
  it.each<[string, Partial<TokenRecord>, Partial<TokenNeed>, string]>([
    ['it is used', {}, {}, 'use'],
    ['it is used if the options name an older token of the same login', {}, { seed: seedOf('R1') }, 'use'],
    ['it is used while another process refreshes', ofOther(NOW), {}, 'use'],
    ['it is used without an end', { expiresAt: undefined, lifeMs: undefined }, {}, 'use'],
    ['it is used although the refresh token was refused', { refusal: { message: 'x' } }, {}, 'use'],
    ['it is refreshed in its last minute', { expiresAt: NOW + 59_000 }, {}, 'refresh'],
    ['a short one is used until its last fifth', { lifeMs: 50_000, expiresAt: NOW + 11_000 }, {}, 'use'],
    ['a short one is refreshed in its last fifth', { lifeMs: 50_000, expiresAt: NOW + 9_000 }, {}, 'refresh'],
    ['it is refreshed if this process has found it refused', {}, { ended: 'A5' }, 'refresh'],
    ['it is not used for another login of the options', {}, { seed: seedOf('X1') }, 'refresh'],
    ['it is not used if it is now of another user', {}, { subject: 'eve' }, 'stop'],
  ])('%s', (_, record, need, type) => {
    expect(decideOnTokens({ ...RECORD, ...record }, { ...NEED, ...need }).type).toBe(type);
  });
});

describe('with a token that has ended', () => {
  const decide = (record: Partial<TokenRecord> | undefined, need: Partial<TokenNeed> = {}) =>
    decideOnTokens(record && { ...ENDED, ...record }, { ...NEED, ...need });

  it('the token of the record is used, and not an older one of the options', () => {
    const refresh = { type: 'refresh', refreshToken: 'R5', seed: undefined, afterDeath: false };
    expect(decide({})).toEqual(refresh);
    for (const token of ['R1', 'R4', 'R5']) expect(decide({}, { seed: seedOf(token) })).toEqual(refresh);
  });

  it('a token of the options that the record does not know is tried, and the record is kept', () => {
    expect(decide({}, { seed: seedOf('X1') })).toEqual({
      type: 'refresh',
      refreshToken: 'X1',
      seed: fingerprint('X1'),
      afterDeath: false,
    });
    expect(decide(undefined, { seed: seedOf('X1') })).toMatchObject({ type: 'refresh', refreshToken: 'X1' });
  });

  it.each<[string, Partial<TokenRecord> | undefined, Partial<TokenNeed>, object]>([
    ['nothing', undefined, {}, { type: 'stop', why: 'missing' }],
    ['an empty record', { refreshToken: '' }, {}, { type: 'stop', why: 'missing' }],
    ['a refusal', { refusal: { message: 'x' } }, {}, { type: 'stop', why: 'refused' }],
    [
      'a refusal and an old token',
      { refusal: { message: 'x' } },
      { seed: seedOf('R2') },
      { type: 'stop', why: 'refused' },
    ],
    ['a refusal and a new token', { refusal: { message: 'x' } }, { seed: seedOf('X1') }, { type: 'refresh' }],
    [
      'a token that was refused',
      { refusedSeeds: [fingerprint('X1')] },
      { seed: seedOf('X1') },
      { type: 'stop', why: 'seed-refused' },
    ],
    ['a claim of now', ofOther(NOW), {}, { type: 'wait' }],
    ['a claim of a clock that is ahead', ofOther(NOW + HOUR), {}, { type: 'wait' }],
    ['a claim that is just within the limit', ofOther(NOW - 389_000), {}, { type: 'wait' }],
    ['a claim that is too old', ofOther(NOW - 390_000), {}, { type: 'refresh', afterDeath: true }],
    ['a claim seen for a while', ofOther(NOW), { claimSeenAt: NOW - 89_000 }, { type: 'wait' }],
    [
      'a claim seen for too long',
      ofOther(NOW + HOUR),
      { claimSeenAt: NOW - 90_000 },
      { type: 'refresh', afterDeath: true },
    ],
    ['a second death', { ...ofOther(NOW - HOUR), deaths: 1 }, {}, { type: 'stop', why: 'holders-died' }],
    [
      'a death with another token',
      { ...ofOther(NOW - HOUR, 'seed'), deaths: 1 },
      {},
      { type: 'refresh', afterDeath: false },
    ],
    ['a claim of its own', { claim: { by: 'me', at: NOW }, deaths: 1 }, {}, { type: 'refresh', afterDeath: false }],
  ])('and %s', (_, record, need, decision) => {
    expect(decide(record, need)).toMatchObject(decision);
  });
});
