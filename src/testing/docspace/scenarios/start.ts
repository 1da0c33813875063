import type { DocSpaceScenario } from '../scenario.ts';

/** The answers of the start call and what it has done. */
export const startScenarios = {
  'second-start-joins-the-first': {
    description: 'While a restore runs and has not locked the portal, a second start is answered with the first one.',
    traps: ['DS-10'],
    locksAtPercent: 60,
  },
  'another-restore-is-running': {
    description: 'Somebody else has a restore running, at 25 % and without a lock on the portal: a start gets its id.',
    traps: ['DS-10'],
    locksAtPercent: 60,
    earlierRestore: { agoMs: 15_000 },
  },
  'start-answer-lost': {
    description: 'The restore runs, and its start is never answered.',
    traps: ['DS-11'],
    faults: { loseStartResponse: true },
  },
  'blind-retry-restores-again': {
    description: 'The start is carried out, fast, and never answered: whoever repeats it restores once more.',
    traps: ['DS-11'],
    durationMs: 50,
    credentialsSurvive: true,
    faults: { loseStartResponse: true },
  },
  'start-answered-as-completed': {
    description: 'The restore is over before its start is answered: `isCompleted` is true at once.',
    traps: ['DS-9'],
    durationMs: 0,
  },
  'start-answered-as-failed': {
    description: 'The restore has failed before its start is answered.',
    traps: ['DS-9'],
    durationMs: 0,
    end: { truth: 'failed', atPercent: 0, error: 'File not found.' },
  },
  'start-without-response': {
    description: 'The restore runs, and the 200 to its start names no job.',
    traps: ['DS-6'],
    faults: { startWithoutResponse: true },
  },
  'start-answered-with-html': {
    description: 'A proxy answers the start with a page and 200; nothing was started.',
    traps: ['DS-18'],
    inSpec: false,
    faults: { answers: { on: 'start', shape: 'html-page' } },
  },
  'start-refused-with-a-stack': {
    description: 'The start is a 500 with an error envelope and the stack of the server.',
    traps: ['DS-18', 'DS-20', 'DS-24'],
    faults: { answers: { on: 'start', shape: 'exception-with-stack' } },
  },
  'start-refused-in-a-success-envelope': {
    description: 'The start does not fit the model: a 400 whose `response` is a problem document.',
    traps: ['DS-17', 'DS-18', 'DS-19'],
    faults: { answers: { on: 'start', shape: 'validation' } },
  },
  'start-rate-limited': {
    description: 'The start is a 429 without a body and without Retry-After.',
    traps: ['DS-18', 'DS-21'],
    faults: { answers: { on: 'start', shape: 'too-many-requests' } },
  },
  'file-path-missing-or-null': {
    description: 'A storage parameter without `filePath`, or null, is a 500; nothing is started.',
    traps: ['DS-24'],
  },
  'unknown-document-is-404': {
    description: 'A file that is not among the documents is a 404 at the start, as always.',
    traps: ['DS-9'],
  },
  'start-commits-late': {
    description: 'A proxy answers the start with 504, and the portal begins the restore 75 s later.',
    traps: ['DS-11'],
    inSpec: false,
    faults: { lateCommit: true },
  },
  'start-answered-with-deep-json': {
    description: 'The restore runs, and its start is answered by JSON that is nested 100,000 deep.',
    traps: ['DS-11'],
    inSpec: false,
    faults: { deepJson: true },
  },
  'guid-wins-over-storage': {
    description: 'A GUID in `backupId` decides alone; storage type and parameters are ignored.',
    traps: ['DS-25'],
  },
  'enum-names-in-requests': {
    description: "Storage types are taken as names in the vendor's spelling, too; answers have numbers.",
    traps: ['DS-26'],
  },
  'notify-is-an-audience': {
    description: '`notify: false` still mails the owner.',
    traps: ['DS-23'],
  },
} as const satisfies Record<string, DocSpaceScenario>;
