import type { DocSpaceScenario } from '../scenario.ts';

/** How a backup goes, and what deleting does. */
export const backupScenarios = {
  'backup-fails': {
    description: 'A backup fails at 45 % of the work for want of space.',
    traps: ['DS-3'],
    backup: { end: { truth: 'failed' } },
  },
  'backup-with-missing-files': {
    description: 'A backup succeeds with a `warning`: some files are not in it.',
    traps: ['DS-27'],
    backup: {
      end: { warning: 'Some files were not included in the backup. For more details, please check missing.txt' },
    },
  },
  'backup-without-archive': {
    description: 'A backup is reported as complete, and its archive is not there: the history does not list it.',
    traps: ['DS-9'],
    backup: { archiveMissing: true },
  },
  'backup-worker-dies': {
    description: 'The worker dies in a backup, whose record stays where it was for a day.',
    traps: ['DS-29'],
    backup: { end: { truth: 'never' } },
  },
  'canceled-backup-vanishes': {
    description: 'A canceled backup is not shown any more.',
    traps: ['DS-6'],
    backup: { cancelShows: 'nothing' },
  },
  'another-backup-is-running': {
    description: 'A scheduled backup is running: a start is answered with it.',
    traps: ['DS-10'],
    otherBackup: { agoMs: 3_000 },
  },
  'deletion-does-nothing': {
    description: 'The deletion of a backup is answered with true, and nothing is deleted.',
    traps: ['DS-31'],
    undeletable: ['5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a11'],
  },
  'archive-cannot-be-deleted': {
    description: 'The deletion of a backup is a 500: its record is gone, and its archive stays.',
    traps: ['DS-31'],
    faults: { archiveStays: true },
  },
  'schedule-vanishes': {
    description: 'A day after it was set, the schedule is gone: the plan allowed no further backup.',
    traps: ['DS-32'],
    scheduleLostAfterMs: 86_400_000,
  },
  'schedule-is-not-kept': {
    description: 'A schedule is answered with true, and there is none afterwards.',
    traps: ['DS-32'],
    ignoresSchedule: true,
  },
  'paid-backups': {
    description: 'Paid backups are enabled, and two were made; the newest server counts both kinds at once.',
    traps: ['DS-27'],
    server: '3.8',
    paidBackups: 2,
  },
} as const satisfies Record<string, DocSpaceScenario>;
