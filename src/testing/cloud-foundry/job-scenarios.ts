import type { CloudFoundryScenario } from './scenario.ts';

const MINUTE = 60_000;
const UNKNOWN_ERROR = { code: 10001, title: 'UnknownError', detail: 'An unknown error occurred.' };

/** What can be odd about the job and its end. */
export const jobScenarios = {
  'long-polling': {
    description: 'PROCESSING for five seconds, POLLING for half an hour, then COMPLETE.',
    traps: ['CF-1'],
    durationMs: 30 * MINUTE,
    job: { processingMs: 5000 },
  },
  'failure-in-a-200': {
    description: 'The job is FAILED, told under HTTP 200.',
    traps: ['CF-2'],
    ending: 'failed',
  },
  'failure-without-errors': {
    description: 'The job is FAILED, and its errors are empty.',
    traps: ['CF-3'],
    ending: 'failed',
    errors: [],
  },
  'failure-errors-absent': {
    description: 'The job is FAILED, and has no errors key.',
    traps: ['CF-3'],
    ending: 'failed',
    errors: 'absent',
  },
  'failure-with-two-errors': {
    description: 'The job is FAILED with two errors.',
    traps: ['CF-28'],
    ending: 'failed',
    errors: [
      { code: 10009, title: 'CF-UnableToPerform', detail: 'restore could not be completed: backup is corrupt' },
      { code: 10008, title: 'CF-UnprocessableEntity', detail: 'the instance is not ready' },
    ],
  },
  'error-while-polling': {
    description: 'The job shows an error while it is POLLING, and is COMPLETE without any.',
    traps: ['CF-4'],
    job: { runningErrors: [UNKNOWN_ERROR] },
  },
  'unknown-state': {
    description: 'Two polls show the state CANCELLING; the job is COMPLETE in the end.',
    traps: ['CF-5'],
    job: { strayStates: [{ fromPoll: 2, toPoll: 3, state: 'CANCELLING' }] },
  },
  'state-missing': {
    description: 'Two polls have no state; the job is COMPLETE in the end.',
    traps: ['CF-5'],
    inSpec: false,
    job: { strayStates: [{ fromPoll: 2, toPoll: 3 }] },
  },
  'unknown-state-for-good': {
    description: 'The state is CANCELLING to the end and after.',
    traps: ['CF-5'],
    job: { strayStates: [{ state: 'CANCELLING' }] },
  },
  'korifi-job-guid': {
    description: 'The guid of the job has a dot and a tilde.',
    traps: ['CF-6'],
    job: { guid: 'korifi' },
  },
  'sparse-job': {
    description: 'The job has a guid and a state, and nothing else.',
    traps: ['CF-6', 'CF-7'],
    job: { guid: 'korifi', isSparse: true },
  },
  'job-warnings': {
    description: 'The job is COMPLETE with two warnings, one of them twice.',
    warnings: ['One extension was not restored.', 'Statistics are stale.', 'One extension was not restored.'],
  },
  'header-warnings': {
    description: 'Warnings in headers: one with an encoded comma, one with a plus, one with a broken escape.',
    traps: ['CF-27'],
    headerWarnings: ['Restored%2C+but+statistics+are+stale,1+%2B+1+extensions+left+out', '100%+of+the+quota%ZZ'],
  },
  'gave-up-on-the-broker': {
    description: 'The job is FAILED by 290006, the broker works on, and the next restore is refused.',
    traps: ['CF-26', 'CF-14'],
    ending: 'failed',
    errors: [{ code: 290006, title: 'CF-JobTimeout', detail: 'The job execution has timed out.' }],
    staysInProgress: true,
  },
  'gave-up-and-the-broker-succeeds': {
    description:
      'The job is FAILED by 290006; ten minutes later the broker is done, and last_operation says succeeded.',
    traps: ['CF-26'],
    ending: 'failed',
    errors: [{ code: 290006, title: 'CF-JobTimeout', detail: 'The job execution has timed out.' }],
    staysInProgress: { forMs: 10 * MINUTE },
  },
  'malformed-error': {
    description: 'The job is FAILED with three errors that are not of the documented form and one that is.',
    traps: ['CF-28'],
    inSpec: false,
    ending: 'failed',
    malformedErrors: ['broken', null, { code: 'ten', detail: 'only a detail' }],
  },
  'processing-for-good': {
    description: 'The job stays PROCESSING for good; after an hour last_operation says that the restore succeeded.',
    traps: ['CF-29', 'CF-25'],
    durationMs: 60 * MINUTE,
    job: { staysProcessing: true },
  },
  'processing-for-good-failed': {
    description: 'The job stays PROCESSING for good; after an hour last_operation says that the restore failed.',
    traps: ['CF-29', 'CF-25'],
    durationMs: 60 * MINUTE,
    ending: 'failed',
    job: { staysProcessing: true },
  },
  'warnings-all-the-way': {
    description: 'One warning with the 202, another with each poll, and two in the job once it has ended.',
    traps: ['CF-27'],
    durationMs: 5 * MINUTE,
    headerWarnings: [
      { on: 'start', value: 'The+plan+is+deprecated' },
      { on: 'poll', value: 'The+API+is+deprecated%2C+really,Statistics+are+stale' },
    ],
    warningsAtTheEnd: ['One extension was not restored.', 'Statistics are stale'],
  },
  'warnings-with-control-characters': {
    description: 'Warnings hold escape sequences of terminals, line breaks and a bell.',
    traps: ['CF-27'],
    headerWarnings: ['%1B%5B31mred%1B%5B0m%0D%0Aand+a+new+line'],
    warningsAtTheEnd: ['\u001b]0;title\u0007One extension was not restored.\r\u009b2J'],
  },
  'server-clock-ahead': {
    description: 'The server’s clock is eleven minutes ahead.',
    traps: ['CF-25'],
    durationMs: 5 * MINUTE,
    clockSkewMs: 11 * MINUTE,
  },
  'server-clock-behind': {
    description: 'The server’s clock is five seconds behind: its operations seem older than their start.',
    traps: ['CF-25'],
    durationMs: 5 * MINUTE,
    clockSkewMs: -5000,
  },
  'another-job-answers': {
    description: 'Two polls are answered by another restore that is COMPLETE; ours fails.',
    durationMs: 5 * MINUTE,
    ending: 'failed',
    faults: {
      misrouting: [
        {
          what: 'job',
          fromPoll: 2,
          toPoll: 3,
          job: { guid: '6f0e4a1c-93b2-4d57-8c0e-2a7f5b9d1e64', state: 'COMPLETE' },
        },
      ],
    },
  },
  'another-failed-job-answers': {
    description: 'Each third poll is answered by another restore that is FAILED; ours succeeds.',
    durationMs: 5 * MINUTE,
    faults: {
      misrouting: [{ what: 'job', every: 3, job: { guid: '6f0e4a1c-93b2-4d57-8c0e-2a7f5b9d1e64', state: 'FAILED' } }],
    },
  },
  'a-backup-job-answers': {
    description: 'Two polls are answered by the finished job of a backup.',
    durationMs: 5 * MINUTE,
    faults: {
      misrouting: [
        {
          what: 'job',
          fromPoll: 2,
          toPoll: 3,
          job: {
            guid: '6f0e4a1c-93b2-4d57-8c0e-2a7f5b9d1e64',
            state: 'COMPLETE',
            operation: 'service_instance.create_backup',
          },
        },
      ],
    },
  },
  'another-instance-answers': {
    description: 'The job stays PROCESSING for good, and the answer about the instance is that of another one.',
    durationMs: 60 * MINUTE,
    job: { staysProcessing: true },
    faults: { misrouting: [{ what: 'instance' }] },
  },
  'three-days': {
    description: 'The restore takes three days.',
    traps: ['CF-29', 'CF-21'],
    durationMs: 3 * 24 * 60 * MINUTE,
  },
  'never-ends': {
    description: 'The job stays POLLING.',
    traps: ['CF-29'],
    ending: 'never',
  },
  'job-not-visible-yet': {
    description: 'The first three polls are answered 404 10010.',
    traps: ['CF-15'],
    faults: { jobHiddenForPolls: 3 },
  },
  'job-gone': {
    description: 'In the middle of the restore the job is gone for good: 404 10010.',
    traps: ['CF-15'],
    durationMs: 10 * MINUTE,
    faults: { jobGoneAfterMs: 5 * MINUTE },
  },
  'retry-after-on-polls': {
    description: 'Each poll says Retry-After: 15, which is not documented.',
    durationMs: 5 * MINUTE,
    job: { retryAfter: '15' },
  },
  'last-operation-initial': {
    description: 'In the first half last_operation is initial.',
    traps: ['CF-24'],
    lastOperation: 'initial',
  },
  'last-operation-empty': {
    description: 'last_operation is {}.',
    traps: ['CF-24'],
    lastOperation: 'empty',
  },
  'last-operation-without-description': {
    description: 'The description of last_operation is null.',
    traps: ['CF-24'],
    lastOperation: 'null-description',
  },
  'last-operation-unchanged': {
    description: 'A restore does not show in last_operation.',
    traps: ['CF-25'],
    lastOperation: 'unchanged',
  },
  'last-operation-of-somebody-else': {
    description:
      'In the second half somebody else’s update, which succeeded, stands in last_operation; the restore fails.',
    traps: ['CF-25'],
    ending: 'failed',
    lastOperation: 'foreign',
  },
} as const satisfies Record<string, CloudFoundryScenario>;
