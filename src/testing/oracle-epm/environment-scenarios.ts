import type { OracleEpmScenario } from './scenario.ts';

const MINUTE = 60_000;

/** What happens to the environment, and to the caller's access to it, while it is restored. */
export const environmentScenarios = {
  'environment-down-in-the-middle': {
    description: 'Connections are cut, then 503, then pages of HTML with 200; the restore succeeds after half an hour.',
    traps: ['OE-20'],
    inSpec: false,
    durationMs: 30 * MINUTE,
    faults: {
      outage: [
        { fromMs: 5 * MINUTE, toMs: 10 * MINUTE, kind: 'reset' },
        { fromMs: 10 * MINUTE, toMs: 15 * MINUTE, kind: 'unavailable' },
        { fromMs: 15 * MINUTE, toMs: 20 * MINUTE, kind: 'html' },
      ],
    },
  },
  'down-and-then-failed': {
    description: 'The environment answers nothing for ten minutes, and then tells that the restore has failed.',
    traps: ['OE-20'],
    inSpec: false,
    durationMs: 15 * MINUTE,
    ending: { status: 1 },
    faults: { outage: { fromMs: 2 * MINUTE, toMs: 12 * MINUTE, kind: 'reset' } },
  },
  'never-back': {
    description: 'The environment answers nothing from the first minute on.',
    traps: ['OE-20'],
    inSpec: false,
    durationMs: 10 * MINUTE,
    faults: { outage: { fromMs: MINUTE, kind: 'reset' } },
  },
  'polls-that-hang': {
    description: 'For three minutes no call is answered at all; the restore succeeds.',
    traps: ['OE-20'],
    inSpec: false,
    durationMs: 10 * MINUTE,
    faults: { outage: { fromMs: MINUTE, toMs: 4 * MINUTE, kind: 'hang' } },
  },
  'roles-replaced': {
    description: 'From the third poll on the caller has lost the role: 403. The restore succeeds.',
    traps: ['OE-21'],
    faults: { deny: { fromPoll: 3, status: 403 } },
  },
  'forbidden-for-a-while': {
    description: 'For three polls the caller gets 403, then all is as before.',
    traps: ['OE-21'],
    faults: { deny: { fromPoll: 2, toPoll: 4, status: 403 } },
  },
  'user-gone': {
    description: 'From the third poll on the credentials are not known any more: 401. The restore succeeds.',
    traps: ['OE-21'],
    faults: { deny: { fromPoll: 3, status: 401 } },
  },
  'a-single-401': {
    description: 'One poll is refused with 401, and the next one is not.',
    traps: ['OE-21', 'OE-22'],
    faults: { single401: true },
  },
  'start-refused-once-with-401': {
    description: 'The first start is refused with 401, and the same credentials are taken at the second.',
    traps: ['OE-22'],
    faults: { single401: { on: 'start', toCall: 1 } },
  },
  'empty-404': {
    description: 'Three polls are a 404 without a body; the restore succeeds.',
    traps: ['OE-25'],
    faults: { wire: [{ fromPoll: 2, toPoll: 4, kind: 'status', status: 404, page: 'empty' }] },
  },
  'text-404': {
    description: 'Three polls are a 404 of plain text, as routers write it.',
    traps: ['OE-25'],
    inSpec: false,
    faults: {
      wire: [{ fromPoll: 2, toPoll: 4, kind: 'status', status: 404, page: 'text', text: 'default backend - 404' }],
    },
  },
  'gateway-404-in-json': {
    description: 'Three polls are a 404 of a gateway, in JSON of its own.',
    traps: ['OE-25'],
    inSpec: false,
    faults: { gatewayJson404: true },
  },
  'gateway-detail-in-a-200': {
    description: 'Three polls are a 200 of a gateway: a detail, and 503 for a status.',
    traps: ['OE-20'],
    inSpec: false,
    faults: { gatewayJson200: { fromPoll: 2, toPoll: 4, form: 'detail' } },
  },
  'gateway-spring-error-in-a-200': {
    description: 'Three polls are a 200 with an error of the Spring framework, whose status is 503.',
    traps: ['OE-20'],
    inSpec: false,
    faults: { gatewayJson200: { fromPoll: 2, toPoll: 4, form: 'spring' } },
  },
  'gateway-problem-in-a-200': {
    description: 'Three polls are a 200 with a problem document, whose status is 503.',
    traps: ['OE-20'],
    inSpec: false,
    faults: { gatewayJson200: { fromPoll: 2, toPoll: 4, form: 'problem' } },
  },
  'answer-of-another-job': {
    description: 'One poll is answered as for another job, which has succeeded. No answer names its job.',
    traps: ['OE-9'],
    inSpec: false,
    faults: { misroutedAnswer: true },
  },
  'idle-connections-die': {
    description: 'The first call after a pause of 5 s fails on a dead connection.',
    traps: ['OE-20'],
    faults: { connectionDies: true },
  },
  'bearer-token-expires': {
    description: 'Each bearer token is good for three requests, and then refused as expired.',
    traps: ['OE-22'],
    faults: { bearerLifeUses: 3 },
  },
  'redirect-to-a-login-page': {
    description: 'In the first half minute every call is redirected to a login page on another host.',
    traps: ['OE-23'],
    faults: { outage: { toMs: MINUTE / 2, kind: 'redirect' } },
  },
  'login-page-with-200': {
    description: 'In the first half minute every call is answered by a login page with HTTP 200.',
    traps: ['OE-23'],
    inSpec: false,
    faults: { outage: { toMs: MINUTE / 2, kind: 'html' } },
  },
} as const satisfies Record<string, OracleEpmScenario>;
