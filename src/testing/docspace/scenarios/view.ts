import type { DocSpaceScenario } from '../scenario.ts';

const HOUR_MS = 60 * 60 * 1000;

/** What the progress call shows of the job. */
export const viewScenarios = {
  'not-visible-at-first': {
    description: 'For ten seconds the progress call knows of no job.',
    traps: ['DS-6'],
    visibleAfterMs: 10_000,
  },
  'swap-gap-without-response': {
    description: 'When the tenants are swapped, the record is out of sight for five seconds.',
    traps: ['DS-6', 'DS-8'],
    swapGap: { kind: 'no-response', ms: 5_000 },
  },
  'swap-gap-with-404': {
    description: 'When the tenants are swapped, the alias belongs to nobody for five seconds.',
    traps: ['DS-8', 'DS-18'],
    inSpec: false,
    swapGap: { kind: 'not-found', ms: 5_000 },
  },
  'record-gone-at-the-end': {
    description: 'The restore succeeds, and its record expires before anybody can see it completed.',
    traps: ['DS-6'],
    recordEndsWithJob: true,
  },
  'stale-success-of-an-earlier-restore': {
    description: 'A restore of an hour ago answers as completed until ours is visible; ours fails.',
    traps: ['DS-7'],
    visibleAfterMs: 10_000,
    earlierRestore: { agoMs: HOUR_MS },
    end: { truth: 'failed', atPercent: 62 },
  },
  'stale-failure-of-an-earlier-restore': {
    description: 'A failed restore of an hour ago answers until ours is visible; ours succeeds.',
    traps: ['DS-7'],
    visibleAfterMs: 10_000,
    earlierRestore: { agoMs: HOUR_MS, end: { truth: 'failed', atPercent: 10 } },
  },
  'replaced-by-another-restore': {
    description: 'Ours fails, and at that moment somebody starts another, whose success is not ours.',
    traps: ['DS-7'],
    end: { truth: 'failed', atPercent: 62 },
    laterRestore: { afterMs: 0 },
  },
  'dump-restore': {
    description: "A server of one's own, where `Dump` selects the job: absent, true and false differ.",
    traps: ['DS-22'],
    edition: 'standalone',
    credentialsSurvive: true,
  },
  'dump-restore-with-noise': {
    description: 'While the tables are replaced, the server answers 404 and 502; then the restore succeeds.',
    traps: ['DS-18', 'DS-22'],
    inSpec: false,
    edition: 'standalone',
    credentialsSurvive: true,
    faults: {
      answers: [
        { fromMs: 12_000, toMs: 20_000, shape: 'not-found-problem' },
        { fromMs: 20_000, toMs: 45_000, shape: 'bad-gateway-html' },
      ],
    },
  },
  'server-wide-restore-hides-ours': {
    description: "Another portal's restore of the server ended an hour ago; without `Dump` it is told instead of ours.",
    traps: ['DS-22'],
    edition: 'standalone',
    serverRestore: { agoMs: HOUR_MS },
  },
  'server-wide-restore-beside-ours': {
    description: 'Another portal has begun a restore of the server, which fails after ours has succeeded.',
    traps: ['DS-22'],
    edition: 'standalone',
    serverRestore: { agoMs: 10_000, durationMs: 300_000, end: { truth: 'failed', atPercent: 62 } },
  },
  'record-expires-during-a-long-download': {
    description: 'Nothing is written for more than a day, so that the record vanishes, and comes back later.',
    traps: ['DS-6'],
    durationMs: 300 * HOUR_MS,
  },
  'server-3-6-locks-before-the-download': {
    description: 'An older server locks the portal as soon as the worker has the job: 403 from 0 % on.',
    traps: ['DS-12', 'DS-27'],
    server: '3.6',
    durationMs: 10 * 60_000,
  },
  'server-3-8': {
    description: 'A server that leaves stale cookies where they are.',
    traps: ['DS-27', 'DS-30'],
    server: '3.8',
  },
  'server-3-0': {
    description: 'A server of 2024: neither `status` nor `warning`, and `dump` is unknown.',
    traps: ['DS-27'],
    server: '3.0',
  },
  'server-3-6': {
    description: 'A server that does not write `status` yet.',
    traps: ['DS-27'],
    server: '3.6',
  },
  'server-3-7': {
    description: 'The newest server, with `status`.',
    traps: ['DS-26', 'DS-27'],
    server: '3.7',
  },
  'no-cancel': {
    description: 'There is no way to stop a restore: cancelrestore is 404, even while all else is 403.',
    traps: ['DS-28'],
    durationMs: 10 * 60_000,
  },
} as const satisfies Record<string, DocSpaceScenario>;
