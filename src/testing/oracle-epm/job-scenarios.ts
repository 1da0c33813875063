import type { OracleEpmScenario } from './scenario.ts';

/** What can be odd about the status answers and the end. */
export const jobScenarios = {
  'failure-in-a-200': {
    description: 'The restore fails with code 1, told under HTTP 200.',
    traps: ['OE-1'],
    ending: { status: 1, details: 'EPMLCM-13000: Service currently not available' },
  },
  'failure-with-code-7': {
    description: 'The restore fails with code 7; no list of codes is published.',
    traps: ['OE-2'],
    ending: { status: 7 },
  },
  'failure-with-code-2': {
    description: 'The restore fails with code 2, which is no cancelling here.',
    traps: ['OE-2'],
    ending: { status: 2 },
  },
  'failure-without-details': {
    description: 'The restore fails, and details is null.',
    traps: ['OE-10'],
    ending: { status: 1, details: null },
  },
  'failure-with-empty-details': {
    description: 'The restore fails, and details is empty.',
    traps: ['OE-10'],
    ending: { status: 1, details: '' },
  },
  'status-as-text': {
    description: 'The status comes as "-1" and "0".',
    traps: ['OE-8'],
    statusForm: 'string',
  },
  'failure-as-text': {
    description: 'The status comes as "-1" and "1".',
    traps: ['OE-8'],
    statusForm: 'string',
    ending: { status: 1 },
  },
  'status-without-meaning': {
    description: 'Four answers have the status "", null, none at all, and a word; then it goes on as documented.',
    traps: ['OE-8'],
    inSpec: false,
    faults: {
      oddStatus: [
        { fromPoll: 1, toPoll: 1, value: '' },
        { fromPoll: 2, toPoll: 2, value: null },
        { fromPoll: 3, toPoll: 3 },
        { fromPoll: 4, toPoll: 4, value: 'Processing' },
      ],
    },
  },
  'status-never-readable': {
    description: 'Every status answer has an empty status, to the end and after.',
    traps: ['OE-8'],
    inSpec: false,
    faults: { oddStatus: [{ value: '' }] },
  },
  'status-below-minus-one': {
    description: 'Two answers have the status -2, which is not documented; then it goes on.',
    traps: ['OE-8'],
    faults: { oddStatus: [{ fromPoll: 2, toPoll: 3, value: -2 }] },
  },
  'steps-from-none-to-four': {
    description: 'The steps are null, then one, and in the end four; ten minutes.',
    traps: ['OE-11'],
    durationMs: 600_000,
  },
  'localized-steps': {
    description: 'The labels of the steps are German.',
    traps: ['OE-11'],
    steps: {
      labels: [
        'Umgebungssicherung wird wiederhergestellt',
        'Benutzer und vordefinierte Rollen werden importiert',
        'Gespeicherte Snapshots und Dateien werden hochgeladen',
        'Startzeit der täglichen Wartung wird auf die der Sicherung gesetzt',
      ],
    },
  },
  'odd-step-while-running': {
    description: 'The first step says Failed while the status is still -1; the restore succeeds.',
    traps: ['OE-12'],
    steps: { odd: [{ step: 1, running: 'Failed' }] },
  },
  'odd-step-at-the-end': {
    description: 'The restore succeeds, and one step ends in a word that is not documented.',
    traps: ['OE-12'],
    steps: { odd: [{ step: 4, end: 'Completed with warnings' }] },
  },
  'requested-step-at-na': {
    description: 'The restore succeeds, and the step that moves the maintenance time is NA although it was asked for.',
    traps: ['OE-12', 'OE-13'],
    steps: { odd: [{ step: 4, end: 'NA' }] },
  },
  'failed-step-under-status-0': {
    description: 'The status is 0, and the step that moves the maintenance time has failed.',
    traps: ['OE-12'],
    steps: { odd: [{ step: 4, end: 'Failed' }] },
  },
  'all-steps-failed-under-status-0': {
    description: 'The status is 0, and every step says Failed.',
    traps: ['OE-12'],
    steps: {
      odd: [
        { step: 1, end: 'Failed' },
        { step: 2, end: 'Failed' },
        { step: 3, end: 'Failed' },
        { step: 4, end: 'Failed' },
      ],
    },
  },
  'all-steps-in-one-object': {
    description: 'One object holds the keys of all steps.',
    traps: ['OE-11'],
    steps: { shape: 'several-keys' },
  },
  'an-empty-step': {
    description: 'The first step is an object without a key.',
    traps: ['OE-11'],
    steps: { shape: 'with-empty-object' },
  },
  'steps-always-null': {
    description: 'The steps stay null to the end.',
    traps: ['OE-11'],
    steps: { shape: 'null' },
  },
  'steps-absent': {
    description: 'There is no key for the steps, as in sibling calls.',
    traps: ['OE-11'],
    steps: { shape: 'absent' },
  },
  'listed-but-not-restorable': {
    description: 'The backup is listed and accepted, and the restore fails after two status answers.',
    traps: ['OE-19'],
    ending: { status: 1, details: 'The backup was made at another patch level and cannot be restored here' },
    endAfterPolls: 2,
  },
  'job-forgotten-at-the-end': {
    description: 'The restore succeeds, and its job is gone (404) as soon as it is over.',
    traps: ['OE-25'],
    faults: { forgetJobAfterMs: 0 },
  },
  'job-forgotten-later': {
    description: 'The job is gone (404) ten minutes after its end.',
    traps: ['OE-25'],
    faults: { forgetJobAfterMs: 600_000 },
  },
  'four-hundred-minutes': {
    description: 'The restore takes 400 minutes.',
    traps: ['OE-30'],
    durationMs: 400 * 60_000,
  },
  'never-ends': {
    description: 'The status stays at -1.',
    traps: ['OE-30'],
    ending: 'never',
  },
} as const satisfies Record<string, OracleEpmScenario>;
