import type { CloudFoundryScenario } from './scenario.ts';

/** What can be odd around the restore: the root, the lists, the backups. */
export const discoveryScenarios = {
  'login-link-null': {
    description: 'The root has no address of login, only that of the UAA.',
    traps: ['CF-23'],
    nullLinks: ['login'],
  },
  'no-token-server': {
    description: 'The root has no address of login, nor of the UAA.',
    traps: ['CF-23'],
    nullLinks: ['login', 'uaa'],
  },
  'uaa-elsewhere': {
    description: 'The UAA lives on another origin, and nowhere else.',
    traps: ['CF-23'],
    uaaOrigin: 'https://login.emulated.invalid',
  },
  'backups-in-seconds': {
    description: 'created_at of backups is a number of seconds, and the list is no page, as always.',
    traps: ['CF-10', 'CF-11'],
    backupTimes: 'seconds',
  },
  'backups-in-milliseconds': {
    description: 'created_at of backups is a number of milliseconds.',
    traps: ['CF-10'],
    backupTimes: 'milliseconds',
  },
  'empty-body-restores-the-latest': {
    description: '{} restores the latest backup, which is assumed.',
    traps: ['CF-13'],
  },
  'two-backups-at-once': {
    description: 'Together with each of your backups another actor’s is made.',
    traps: ['CF-30'],
    faults: { concurrentBackup: true },
  },
  'an-old-backup-appears': {
    description: 'Together with each of your backups one of a week ago appears in the list.',
    traps: ['CF-30'],
    faults: { oldBackupAppears: true },
  },
  'unknown-query': {
    description: 'An unknown query parameter is answered 400 10005, as always.',
  },
} as const satisfies Record<string, CloudFoundryScenario>;
