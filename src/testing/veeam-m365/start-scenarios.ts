import type { VeeamM365Scenario } from './scenario.ts';

/** How the server understands a request for a session, and what it answers. */
export const startScenarios = {
  'v6-answers-201': {
    description: 'The start of a session is answered by 201 in v6 too, as in v8.',
    traps: ['VM-4'],
    inSpec: false,
    startStatus: { v6: 201 },
  },
  'v5-answers-200': {
    description: 'The start of a session is answered by 200 in v5 too.',
    traps: ['VM-4'],
    inSpec: false,
    startStatus: { v5: 200 },
  },
  'strict-names-and-words': {
    description: 'Only the spelling of the version is understood: datetime and vex in v5, dateTime and Vex in v6.',
    traps: ['VM-5', 'VM-6', 'VM-7', 'VM-10'],
    strict: true,
  },
  'server-three-hours-ahead': {
    description: 'Dates without a zone are taken for local time, three hours ahead, and choose older data.',
    traps: ['VM-8', 'VM-9'],
    serverOffsetMinutes: 180,
  },
  'never-backed-up': {
    description: 'There is no backup: sessions open all the same, and are empty.',
    traps: ['VM-9', 'VM-10'],
    neverBackedUp: true,
  },
  'session-cannot-be-created': {
    description: 'The start of a session is refused, as by a server without the matching Explorers.',
    faults: {
      refuseStart: {
        status: 500,
        body: '{"message":"Restore session cannot be created."}',
        headers: { 'content-type': 'application/json; charset=utf-8' },
      },
    },
  },
  'start-answer-lost': {
    description: 'The session is opened, and the answer that names it is lost.',
    traps: ['VM-19'],
    faults: { loseStartResponse: true },
  },
  'start-takes-ten-minutes': {
    description: 'The session is opened at once, and the answer comes ten minutes later.',
    traps: ['VM-11'],
    faults: { slow: { start: 600_000 } },
  },
} as const satisfies Record<string, VeeamM365Scenario>;
