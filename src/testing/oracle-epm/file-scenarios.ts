import type { OracleEpmScenario } from './scenario.ts';

/** How downloads, deletions, imports and other jobs than a restore go wrong. */
export const fileScenarios = {
  'download-answered-by-json': {
    description: 'A download is answered by JSON under HTTP 200, which is the error.',
    traps: ['OE-27'],
    downloads: { as: 'json-error' },
  },
  'download-answered-by-a-page': {
    description: 'A download is answered by a login page under HTTP 200.',
    traps: ['OE-23', 'OE-27'],
    inSpec: false,
    downloads: { as: 'html' },
  },
  'download-breaks-off': {
    description: 'Each download breaks off after 500 bytes, and cannot be taken up.',
    downloads: { breaksAfter: 500 },
  },
  'download-breaks-off-and-goes-on': {
    description: 'Each download breaks off after 500 bytes, and can be taken up there.',
    downloads: { breaksAfter: 500, hasRanges: true },
  },
  'download-ends-early': {
    description: 'Each download ends one byte before its announced length.',
    downloads: { endsEarlyBy: 1 },
  },
  'older-delete-without-a-body': {
    description: 'The older call that deletes a file is answered 400 if its body was dropped, as always.',
    traps: ['OE-28'],
  },
  'import-fails-without-details': {
    description: 'An import fails, and only the address behind Job Details tells why; so do other jobs.',
    traps: ['OE-10'],
    job: { ending: { status: 1, details: null } },
  },
  'details-of-a-failed-import-unavailable': {
    description: 'An import fails, and the address behind Job Details is answered 503.',
    traps: ['OE-10'],
    job: { ending: { status: 1, details: null }, details: 'unavailable' },
  },
  'other-jobs-take-an-hour': {
    description: 'Exports, imports, copies, clones and the daily maintenance take an hour.',
    job: { durationMs: 3_600_000 },
  },
} as const satisfies Record<string, OracleEpmScenario>;
