import type { OracleEpmScenario } from './scenario.ts';

/** Who is let in, how the archive is listed, and how copies out of it are named. */
export const archiveScenarios = {
  'login-before-26-11': {
    description: 'An older environment takes the user name with the account before it too.',
    release: '26.04',
  },
  'login-of-26-11': {
    description: 'A user name with the account before it is refused with 401, as always since 26.11.',
    release: '26.11',
  },
  'list-newest-first': {
    description: 'The newest backup is the first of the list.',
    traps: ['OE-16'],
    listOrder: 'newest-first',
  },
  'list-in-no-order': {
    description: 'The newest backup is neither the first nor the last of the list.',
    traps: ['OE-16'],
    listOrder: 'mixed',
  },
  'copies-in-the-archive': {
    description: 'Names in the list tell two times: that of the archive, and that of the snapshot that was copied.',
    traps: ['OE-16', 'OE-18'],
    backups: [
      { name: '2026-04-23T08:48:06/Artifact_Snapshot_2026-02-16T21:00:02' },
      { name: '2026-04-23T08:48:06/Environment_Backup', maintenanceStartTime: '08:00' },
      { name: '2026-04-23T08:48:06/Artifact_Snapshot.zip' },
      { name: '2026-04-22T08:48:06/EPRCS_Backup.tar.gz' },
    ],
  },
  'copy-named-as-in-epm-automate': {
    description: 'A copy without a name is called as its backup, with an underscore for the slash.',
    traps: ['OE-17'],
    copyName: 'underscore',
  },
  'copy-status-in-the-tenth-family': {
    description: 'The status of a copy is found at services/{type}/copysnapshot/{id}.',
    traps: ['OE-17'],
    copyStatus: 'copysnapshot',
  },
} as const satisfies Record<string, OracleEpmScenario>;
