import type { DocSpaceScenario } from '../scenario.ts';

/** Starts that are answered 200 although they cannot succeed, with any source. */
export const lateFailureScenarios = {
  'custom-cloud-fails-late': {
    description: 'Storage type 2 is accepted, and the job ends with "Unknown storage type."',
    traps: ['DS-9'],
    source: 'unknown-storage',
  },
  'damaged-archive-fails-late': {
    description: 'The archive is damaged, which the worker notices at 10 %.',
    traps: ['DS-5', 'DS-9'],
    source: 'invalid',
  },
  'foreign-archive-fails-late': {
    description: 'The archive is of another portal, which SaaS refuses before it locks the portal.',
    traps: ['DS-9'],
    source: 'foreign',
  },
  'missing-file-fails-late': {
    description: 'The archive of the record, or the object of the store, is not there, which the worker notices.',
    traps: ['DS-9'],
    source: 'missing',
  },
  'zero-guid-fails-late': {
    description: 'The all-zero backup id is accepted, and the job fails.',
    traps: ['DS-9', 'DS-25'],
    source: 'zero-guid',
  },
  'local-file-not-uploaded': {
    description: 'Nothing was uploaded: the job stays at 0 % with `status` 0 until its record expires.',
    traps: ['DS-6', 'DS-9'],
    source: 'not-uploaded',
  },
} as const satisfies Record<string, DocSpaceScenario>;
