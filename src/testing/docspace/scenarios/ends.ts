import type { DocSpaceScenario } from '../scenario.ts';

/** How the job ends, and how the end is written. */
export const endScenarios = {
  success: {
    description: 'The restore succeeds after a minute; the tenant has a new id, and every old credential is dead.',
    traps: ['DS-8', 'DS-13', 'DS-14'],
  },
  'failure-with-status-completed': {
    description: 'The restore fails at 62 %, and `status` says Completed.',
    traps: ['DS-3', 'DS-5'],
    end: { truth: 'failed', atPercent: 62 },
  },
  'failure-with-status-failted': {
    description: 'The job wrapper throws: `error` and `status` 4.',
    traps: ['DS-3', 'DS-26'],
    end: { truth: 'failed', atPercent: 62, status: 4, error: 'Timeout expired.' },
  },
  'status-lags-behind': {
    description: 'The first completed answer still reads `status` Running.',
    traps: ['DS-3'],
    faults: { lateStatus: true },
  },
  'canceled-while-status-lags': {
    description: 'The worker is stopped at 42 %, and the first completed answer still reads `status` 1.',
    traps: ['DS-3'],
    end: { truth: 'canceled', atPercent: 42 },
    faults: { lateStatus: { status: 1 } },
  },
  'completed-at-75-percent-while-status-lags': {
    description: 'The first completed answer reads 75 % and `status` 0, the next one 100 % and 2.',
    traps: ['DS-3', 'DS-5'],
    faults: { lateStatus: { status: 0, progress: 75 } },
  },
  'files-skipped': {
    description: 'Two files cannot be written: the server logs it, and the restore succeeds.',
    traps: ['DS-14'],
    end: { skippedFiles: ['1234', '1235'] },
  },
  'canceled-by-a-stopped-worker': {
    description: 'The worker service is stopped at 42 %: completed, no error, `status` 3, nothing restored.',
    traps: ['DS-3', 'DS-4', 'DS-5'],
    end: { truth: 'canceled', atPercent: 42 },
  },
  'success-with-error-null': {
    description: 'The restore succeeds, and `error` is null.',
    traps: ['DS-4'],
    noErrorAs: 'null',
  },
  'success-with-error-absent': {
    description: 'The restore succeeds, and there is no `error`.',
    traps: ['DS-4'],
    noErrorAs: 'absent',
  },
  'success-with-error-of-whitespace': {
    description: 'The restore succeeds, and `error` is white space.',
    traps: ['DS-4'],
    noErrorAs: 'whitespace',
  },
  'success-with-warning': {
    description: 'The restore succeeds with a `warning`, which servers of today write for backups only.',
    traps: ['DS-27'],
    end: { warning: 'Some files could not be restored.' },
  },
  'hundred-percent-then-failure': {
    description: 'The job stands at 100 % for a while, and then fails.',
    traps: ['DS-5'],
    end: {
      truth: 'failed',
      atPercent: 100,
      lingerMs: 20_000,
      error: 'Object reference not set to an instance of an object.',
    },
  },
  'hundred-percent-before-completed': {
    description: 'The job stands at 100 % for a while before it is completed.',
    traps: ['DS-5'],
    end: { lingerMs: 20_000 },
  },
  'completed-at-62-percent-without-error': {
    description: 'An exception without a message: completed at 62 %, no error, no success.',
    traps: ['DS-3', 'DS-5'],
    end: { truth: 'failed', atPercent: 62, error: '' },
  },
  'completed-with-status-failted-without-error': {
    description: 'Completed at 100 % without an error, and only `status` 4 tells that it failed.',
    traps: ['DS-3'],
    end: { truth: 'failed', atPercent: 100, status: 4, error: '' },
  },
  'error-while-running': {
    description: 'An `error` is written while the job still runs; in the end it succeeds.',
    traps: ['DS-3'],
    faults: { errorWhileRunning: 'A table could not be locked; trying again.' },
  },
  'worker-dies': {
    description: 'The worker dies at 62 %: the portal stays Restoring, and the record vanishes after 24 hours.',
    traps: ['DS-6', 'DS-29'],
    end: { truth: 'never', atPercent: 62 },
  },
} as const satisfies Record<string, DocSpaceScenario>;
