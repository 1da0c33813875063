import type { CloudFoundryScenario } from './scenario.ts';

const refusal = (status: number, errors: readonly object[], headers: Record<string, string> = {}) => ({
  status,
  body: JSON.stringify({ errors }),
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
});

/** What can be odd about the start call and its answer. */
export const startScenarios = {
  'restore-succeeds': {
    description: 'A job of one minute: PROCESSING, POLLING, COMPLETE.',
  },
  'foreign-location': {
    description: 'The job’s address names another host, with the prefix /api.',
    traps: ['CF-8'],
    externalOrigin: 'https://api.internal.invalid/api',
  },
  'location-absent': {
    description: 'Started, and no address of the job.',
    traps: ['CF-9'],
    inSpec: false,
    location: 'absent',
  },
  'location-relative': {
    description: 'The job’s address is only a path.',
    traps: ['CF-9'],
    location: 'relative',
  },
  'location-with-query': {
    description: 'The job’s address has a query.',
    traps: ['CF-9'],
    location: 'with-query',
  },
  'location-elsewhere': {
    description: 'The address does not look like that of a job.',
    traps: ['CF-8', 'CF-9'],
    inSpec: false,
    location: 'other-path',
  },
  'body-in-the-202': {
    description: 'The 202 has a body that is no JSON.',
    traps: ['CF-9'],
    inSpec: false,
    acceptedBody: 'Accepted',
  },
  'whole-seconds-only': {
    description: 'A target_timestamp with fractions of a second is answered 422, as always.',
    traps: ['CF-12'],
    strictTimestamps: true,
  },
  'busy-409': {
    description: 'While an operation runs, the next one is answered 409 60016.',
    traps: ['CF-14'],
    busyAnswer: 'conflict',
  },
  'busy-422': {
    description: 'While an operation runs, the next one is answered 422 10008.',
    traps: ['CF-14'],
    busyAnswer: 'unprocessable',
  },
  'busy-broker': {
    description: 'While an operation runs, the next one is answered 422 270018.',
    traps: ['CF-14'],
    busyAnswer: 'broker',
  },
  'open-source-foundation': {
    description: 'The three calls for backups are not there: 404 10000, while a missing instance is 404 10010.',
    traps: ['CF-15'],
    flavour: 'open-source',
  },
  'broker-rate-limit-10016': {
    description: 'The start is refused with 429 10016: too many broker calls.',
    traps: ['CF-16', 'CF-17'],
    faults: {
      refuseStart: refusal(
        429,
        [{ code: 10016, title: 'CF-ServiceBrokerRateLimitExceeded', detail: 'Service broker concurrent rate limit' }],
        { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '30' },
      ),
    },
  },
  'uniqueness-10016': {
    description: 'The start is refused with 422 10016: the same number, another meaning.',
    traps: ['CF-16'],
    faults: {
      refuseStart: refusal(422, [{ code: 10016, title: 'CF-UniquenessError', detail: 'The name is taken' }]),
    },
  },
  'two-errors': {
    description: 'The start is refused with two errors.',
    traps: ['CF-28'],
    faults: {
      refuseStart: refusal(422, [
        { code: 10008, title: 'CF-UnprocessableEntity', detail: 'backup_id does not exist' },
        { code: 10008, title: 'CF-UnprocessableEntity', detail: 'restore_point is not supported by the plan' },
      ]),
    },
  },
  'space-suspended': {
    description: 'The start is refused with 403 10019.',
    faults: {
      refuseStart: refusal(403, [{ code: 10019, title: 'CF-SpaceSuspended', detail: 'The space is suspended' }]),
    },
  },
  'start-answered-502': {
    description: 'A router answers the start with a page and 502; nothing was started.',
    traps: ['CF-17'],
    faults: { answers: [{ at: 'start', kind: 'bad-gateway-page' }] },
  },
  'lost-start-answer': {
    description: 'The restore is started, and the connection is cut before the answer.',
    inSpec: false,
    faults: { loseStartResponse: true },
  },
} as const satisfies Record<string, CloudFoundryScenario>;
