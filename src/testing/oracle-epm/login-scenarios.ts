import type { OracleEpmScenario } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What can happen to a login with OAuth 2. Basic is not concerned. */
export const loginScenarios = {
  'access-tokens-of-ten-minutes': {
    description: 'Access tokens live ten minutes, refresh tokens work once, and the restore takes two hours.',
    traps: ['OE-22'],
    durationMs: 2 * HOUR,
    identity: { accessLifeMs: 10 * MINUTE },
  },
  'refresh-token-used-by-another': {
    description: 'Access tokens live ten minutes. After half an hour somebody else has used the refresh token.',
    traps: ['OE-22'],
    durationMs: 2 * HOUR,
    identity: { accessLifeMs: 10 * MINUTE, loss: { kind: 'consumed', atMs: 30 * MINUTE } },
  },
  'refresh-token-revoked': {
    description: 'Access tokens live ten minutes. After half an hour the login is revoked.',
    traps: ['OE-22'],
    durationMs: 2 * HOUR,
    identity: { accessLifeMs: 10 * MINUTE, loss: { kind: 'revoked', atMs: 30 * MINUTE } },
  },
  'refresh-token-expired': {
    description: 'Access tokens live an hour, and refresh tokens half an hour.',
    traps: ['OE-22'],
    durationMs: 2 * HOUR,
    identity: { refreshLifeMs: HOUR / 2 },
  },
  'slow-identity-domain': {
    description: 'Access tokens live two minutes, and the identity domain takes 25 s to answer.',
    traps: ['OE-22'],
    durationMs: 30 * MINUTE,
    identity: { accessLifeMs: 2 * MINUTE },
    faults: { slow: { token: 25_000 } },
  },
  'answer-to-a-refresh-lost': {
    description: 'The first refresh is carried out, and its answer is lost.',
    traps: ['OE-22'],
    inSpec: false,
    faults: { wire: [{ on: 'token', kind: 'reset', toCall: 1, carriedOut: true }] },
  },
  'refresh-not-allowed': {
    description: 'The registration of the OAuth client does not allow refresh tokens.',
    identity: { allowsRefresh: false },
  },
  'device-code-confirmed': {
    description: 'The person confirms a device code after half a minute; two polls are answered slow_down.',
    identity: { device: { confirmedAfterMs: MINUTE / 2, slowDowns: 2 } },
  },
  'device-code-denied': {
    description: 'The person denies a device code after half a minute.',
    identity: { device: { confirmedAfterMs: MINUTE / 2, denied: true } },
  },
} as const satisfies Record<string, OracleEpmScenario>;
