import type { DocSpaceScenario } from '../scenario.ts';

/** Progress calls without a documented answer, while the restore goes on and succeeds. */
export const answerScenarios = {
  'every-error-shape': {
    description: 'Ten polls in a row meet every form of error that this server and its proxies have.',
    traps: ['DS-17', 'DS-18', 'DS-19', 'DS-20', 'DS-21'],
    inSpec: false,
    faults: {
      answers: [
        { fromPoll: 1, toPoll: 1, shape: 'unauthorized-empty' },
        { fromPoll: 2, toPoll: 2, shape: 'too-many-requests' },
        { fromPoll: 3, toPoll: 3, shape: 'forbidden-problem' },
        { fromPoll: 4, toPoll: 4, shape: 'forbidden-empty' },
        { fromPoll: 5, toPoll: 5, shape: 'validation' },
        { fromPoll: 6, toPoll: 6, shape: 'exception-with-stack' },
        { fromPoll: 7, toPoll: 7, shape: 'bad-gateway-html' },
        { fromPoll: 8, toPoll: 8, shape: 'unavailable-html' },
        { fromPoll: 9, toPoll: 9, shape: 'not-found-problem' },
        { fromPoll: 10, toPoll: 10, shape: 'html-page' },
      ],
    },
  },
  'rate-limited-without-advice': {
    description: 'The second to the fourth poll are 429 without a body and without Retry-After.',
    traps: ['DS-18', 'DS-21'],
    faults: { answers: { fromPoll: 2, toPoll: 4, shape: 'too-many-requests' } },
  },
  'rate-limited-for-a-day': {
    description: 'The second poll is a 429 of the limiter per day: come back in 86400 seconds.',
    traps: ['DS-18', 'DS-21'],
    faults: { answers: { fromPoll: 2, toPoll: 2, shape: 'too-many-requests', retryAfterSeconds: 86_400 } },
  },
  'html-instead-of-progress': {
    description: 'The second to the fourth poll are a page with 200.',
    traps: ['DS-18'],
    inSpec: false,
    faults: { answers: { fromPoll: 2, toPoll: 4, shape: 'html-page' } },
  },
  'bad-gateway': {
    description: 'The second to the fourth poll are a 502 with the page of a proxy.',
    traps: ['DS-18'],
    faults: { answers: { fromPoll: 2, toPoll: 4, shape: 'bad-gateway-html' } },
  },
  'progress-validation-error': {
    description: 'The second poll is a 400 whose `response` is a problem document, not a job.',
    traps: ['DS-17', 'DS-18', 'DS-19'],
    faults: { answers: { fromPoll: 2, toPoll: 2, shape: 'validation' } },
  },
  'progress-exception-with-a-stack': {
    description: 'The second poll is a 500 with the stack of the server.',
    traps: ['DS-17', 'DS-18', 'DS-20'],
    faults: { answers: { fromPoll: 2, toPoll: 2, shape: 'exception-with-stack' } },
  },
  'progress-forbidden-for-a-while': {
    description: 'From the second to the fourth poll, even the progress call is a 403.',
    traps: ['DS-12', 'DS-18'],
    inSpec: false,
    faults: { answers: { fromPoll: 2, toPoll: 4, shape: 'forbidden-problem' } },
  },
  'a-single-401': {
    description: 'One poll is refused with 401, and the next one is not.',
    traps: ['DS-2', 'DS-18'],
    faults: { single401: true },
  },
  'gateway-404-in-json': {
    description: 'Three polls are a 404 of a gateway, in JSON of its own.',
    traps: ['DS-18'],
    inSpec: false,
    faults: { gatewayJson404: true },
  },
  'gateway-error-in-a-200': {
    description: 'Three polls are a 200 of a gateway, whose JSON says 503.',
    traps: ['DS-17', 'DS-18'],
    inSpec: false,
    faults: { gatewayJson200: true },
  },
  'answer-of-another-portal': {
    description: 'One poll is answered as for another portal, whose restore has succeeded.',
    traps: ['DS-7'],
    faults: { misroutedAnswer: true },
  },
  'idle-connections-die': {
    description: 'The first call after a pause of 5 s fails on a dead connection.',
    traps: ['DS-18'],
    faults: { connectionDies: true },
  },
  'connections-cut': {
    description: 'For ten seconds around the swap every connection is cut.',
    traps: ['DS-8'],
    faults: { outage: { fromMs: 42_000, toMs: 52_000 } },
  },
} as const satisfies Record<string, DocSpaceScenario>;
