import type { CloudFoundryScenario } from './scenario.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What can happen to the caller's access and to the view of the job. */
export const accessScenarios = {
  'rate-limited-for-an-hour': {
    description: '429 as text/plain, with Retry-After in seconds, for an hour from the second minute on.',
    traps: ['CF-17', 'CF-18'],
    durationMs: 3 * HOUR,
    faults: { rateLimit: { fromMs: MINUTE, toMs: MINUTE + HOUR } },
  },
  'rate-limited-until-a-date': {
    description: '429 with a date in Retry-After.',
    traps: ['CF-17', 'CF-18'],
    durationMs: 30 * MINUTE,
    faults: { rateLimit: { fromMs: MINUTE, toMs: 11 * MINUTE, tell: 'retry-after-date' } },
  },
  'rate-limited-until-reset': {
    description: '429 with X-RateLimit-Reset only.',
    traps: ['CF-17', 'CF-18'],
    durationMs: 30 * MINUTE,
    faults: { rateLimit: { fromMs: MINUTE, toMs: 11 * MINUTE, tell: 'reset' } },
  },
  'rate-limited-by-the-broker': {
    description: '429 10016 on polls, with Retry-After and without the headers of the limiter.',
    traps: ['CF-16', 'CF-17'],
    durationMs: 10 * MINUTE,
    faults: { rateLimit: { fromMs: MINUTE, toMs: MINUTE + 30_000, limiter: 'broker' } },
  },
  'bad-gateway-page': {
    description: 'Three polls are answered 502 with a page.',
    traps: ['CF-17'],
    faults: { answers: [{ fromPoll: 2, toPoll: 4, kind: 'bad-gateway-page' }] },
  },
  'bad-gateway-bare': {
    description: 'Three polls are answered 502 with one error that is not wrapped.',
    traps: ['CF-17'],
    faults: { answers: [{ fromPoll: 2, toPoll: 4, kind: 'bad-gateway-bare' }] },
  },
  'uaa-down': {
    description: 'For five minutes the UAA is down: 502 20004 without a content type, and 503 for tokens.',
    traps: ['CF-17'],
    inSpec: false,
    durationMs: 10 * MINUTE,
    faults: { answers: [{ fromMs: MINUTE, toMs: 6 * MINUTE, at: 'all', kind: 'uaa-down' }] },
  },
  'server-errors': {
    description: 'Polls are answered 500 without CF- in the title, then 503, then the router’s 404 in plain text.',
    traps: ['CF-15', 'CF-17'],
    faults: {
      answers: [
        { fromPoll: 2, toPoll: 2, kind: 'unknown-error' },
        { fromPoll: 3, toPoll: 3, kind: 'database-down' },
        { fromPoll: 4, toPoll: 4, kind: 'router-404' },
      ],
    },
  },
  'gateway-404': {
    description: 'For five minutes a gateway answers polls with 404 and {"message":"no Route matched"}.',
    traps: ['CF-15', 'CF-17'],
    // The body is the gateway's, of which the API knows nothing.
    inSpec: false,
    durationMs: 10 * MINUTE,
    faults: {
      wire: [
        {
          fromMs: MINUTE,
          toMs: 6 * MINUTE,
          kind: 'status',
          status: 404,
          page: 'json',
          text: '{"message":"no Route matched"}',
        },
      ],
    },
  },
  'connection-resets': {
    description: 'For five minutes connections are cut; the restore succeeds.',
    inSpec: false,
    durationMs: 10 * MINUTE,
    faults: { outage: { fromMs: MINUTE, toMs: 6 * MINUTE, kind: 'reset' } },
  },
  'every-token-refused': {
    description: 'Every token is refused with 401 1000, as a limit by address shows itself.',
    traps: ['CF-19'],
    faults: { answers: [{ at: 'all', kind: 'invalid-token' }] },
  },
  'every-token-refused-later': {
    description: 'From the third poll on every token is refused with 401 1000. The restore succeeds.',
    traps: ['CF-19'],
    faults: { answers: [{ fromPoll: 3, at: 'all', kind: 'invalid-token' }] },
  },
  'single-401s': {
    description: 'Each fifth poll is refused with 401 1000, though its token is good.',
    traps: ['CF-19', 'CF-21'],
    durationMs: 30 * MINUTE,
    faults: { answers: [{ every: 5, kind: 'invalid-token' }] },
  },
  'fresh-tokens-refused': {
    description: 'Access tokens live five minutes, and all but the first are refused for the first 90 s of their life.',
    traps: ['CF-19', 'CF-21'],
    durationMs: 30 * MINUTE,
    tokens: { lifeMs: 5 * MINUTE, acceptedAfterMs: 90_000 },
  },
  'two-401s-in-a-row': {
    description: 'The second and third poll are refused with 401 1000, though their tokens are good.',
    traps: ['CF-19', 'CF-21'],
    durationMs: 10 * MINUTE,
    faults: { answers: [{ fromPoll: 2, toPoll: 3, kind: 'invalid-token' }] },
  },
  'one-403': {
    description: 'One poll is answered 403 10003, as by a Cloud Controller that has not caught up.',
    durationMs: 10 * MINUTE,
    faults: { answers: [{ fromPoll: 2, toPoll: 2, kind: 'forbidden' }] },
  },
  'firewall-403-page': {
    description: 'One poll is answered 403 with the page of a firewall.',
    // The page is not of the API.
    inSpec: false,
    durationMs: 10 * MINUTE,
    faults: { wire: [{ on: 'poll', fromCall: 2, toCall: 2, kind: 'status', status: 403 }] },
  },
  'expired-token-is-a-429': {
    description: 'Access tokens live two minutes, and an old Cloud Controller answers expired ones with 429 10014.',
    traps: ['CF-18', 'CF-21'],
    durationMs: 30 * MINUTE,
    tokens: { lifeMs: 2 * MINUTE, refusal: 'rate-limited' },
  },
  'token-revoked-is-a-429': {
    description: 'Access tokens last three polls, which nothing foretells, and are then answered with 429 10014.',
    traps: ['CF-18', 'CF-21'],
    durationMs: 30 * MINUTE,
    tokens: { lifePolls: 3, refusal: 'rate-limited' },
  },
  'uaa-busy': {
    description: 'Access tokens last two polls; from the second to the seventh minute a busy UAA answers 401 to all.',
    traps: ['CF-20', 'CF-21'],
    durationMs: 30 * MINUTE,
    tokens: { lifePolls: 2 },
    faults: {
      refuseGrants: {
        fromMs: 2 * MINUTE,
        toMs: 7 * MINUTE,
        grants: ['password', 'client_credentials', 'refresh_token'],
      },
    },
  },
  'account-locked': {
    description: 'Access tokens last two polls; somebody’s wrong passwords lock the account for five minutes.',
    traps: ['CF-20', 'CF-21'],
    durationMs: 30 * MINUTE,
    tokens: { lifePolls: 2 },
    faults: {
      refuseGrants: {
        fromMs: 2 * MINUTE,
        toMs: 7 * MINUTE,
        grants: ['password', 'client_credentials', 'refresh_token'],
        isLocked: true,
      },
    },
  },
  'uaa-error-pages': {
    description: 'Access tokens last two polls; for five minutes token calls are answered 404 with a router’s page.',
    traps: ['CF-17', 'CF-20'],
    // The page is not of the UAA.
    inSpec: false,
    durationMs: 30 * MINUTE,
    tokens: { lifePolls: 2 },
    faults: { wire: [{ on: 'token', fromMs: 2 * MINUTE, toMs: 7 * MINUTE, kind: 'status', status: 404 }] },
  },
  'slow-uaa-short-tokens': {
    description: 'Access tokens live 90 s from their issue, and the UAA takes 25 s to answer.',
    traps: ['CF-21'],
    durationMs: 30 * MINUTE,
    tokens: { lifeMs: 90_000 },
    faults: { slow: { token: 25_000 } },
  },
  'uaa-in-compatibility-mode': {
    description: 'The UAA takes a Basic header as it is, unless X-CF-ENCODED-CREDENTIALS says that it is encoded.',
    tokens: { compatibilityMode: true },
  },
  'scope-missing': {
    description: 'Polls of jobs are answered 403 from the second on.',
    faults: { answers: [{ fromPoll: 2, kind: 'forbidden' }] },
  },
  'dead-refresh-token': {
    description: 'Access tokens last two polls, and refresh tokens are refused; a new login works.',
    traps: ['CF-20'],
    tokens: { lifePolls: 2 },
    faults: { refuseGrants: { grants: ['refresh_token'] } },
  },
  'no-new-token': {
    description: 'Access tokens last two polls, and after the start the token endpoint answers 401 to all.',
    traps: ['CF-20'],
    tokens: { lifePolls: 2 },
    faults: { refuseGrants: { fromMs: 0, grants: ['password', 'client_credentials', 'refresh_token'] } },
  },
  'token-life-of-two-polls': {
    description: 'Access tokens last two polls, whatever expires_in says; refresh tokens are good for one use.',
    traps: ['CF-21'],
    tokens: { lifePolls: 2 },
  },
  'short-tokens': {
    description: 'Access tokens live a minute, and the restore half an hour.',
    traps: ['CF-21'],
    durationMs: 30 * MINUTE,
    tokens: { lifeMs: MINUTE },
  },
  'uaa-rate-limited': {
    description: 'Access tokens last two polls; for ten minutes the token endpoint answers 429 with Retry-After.',
    traps: ['CF-18', 'CF-20'],
    durationMs: 30 * MINUTE,
    tokens: { lifePolls: 2 },
    faults: { limitTokens: { fromMs: MINUTE, toMs: 11 * MINUTE, retryAfterSeconds: 300 } },
  },
  'assertions-expire': {
    description:
      'Access tokens last two polls, there are no refresh tokens that work, and a JWT is accepted for 5 minutes.',
    traps: ['CF-20', 'CF-21'],
    durationMs: 30 * MINUTE,
    tokens: { lifePolls: 2, assertionLifeMs: 5 * MINUTE },
    faults: { refuseGrants: { grants: ['refresh_token'] } },
  },
  'client-with-empty-secret': {
    description: 'The client cf has an empty secret, and without it the token endpoint answers 401, as always.',
    traps: ['CF-22'],
  },
} as const satisfies Record<string, CloudFoundryScenario>;
