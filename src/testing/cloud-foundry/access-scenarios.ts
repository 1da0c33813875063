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
    description:
      'PollTracker are answered 500 without CF- in the title, then 503, then the router’s 404 in plain text.',
    traps: ['CF-15', 'CF-17'],
    faults: {
      answers: [
        { fromPoll: 2, toPoll: 2, kind: 'unknown-error' },
        { fromPoll: 3, toPoll: 3, kind: 'database-down' },
        { fromPoll: 4, toPoll: 4, kind: 'router-404' },
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
  'scope-missing': {
    description: 'PollTracker at jobs are answered 403 from the second on.',
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
  'client-with-empty-secret': {
    description: 'The client cf has an empty secret, and without it the token endpoint answers 401, as always.',
    traps: ['CF-22'],
  },
} as const satisfies Record<string, CloudFoundryScenario>;
