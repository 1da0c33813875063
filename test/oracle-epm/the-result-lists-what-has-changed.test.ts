import { afterEach, expect, it, vi } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import { timeOfBackup } from '../../src/oracle-epm/backup-name.ts';
import { BACKUP, emulated } from './support.ts';

const SIGNS = { users: /^Users and their predefined roles/, schedule: /daily maintenance/, files: /^Inbox, outbox/ };

it.each([
  [{}, ['schedule']],
  [{ dailyMaintenanceStartTime: false }, []],
  [{ usersAndPreDefinedRoles: true }, ['users', 'schedule']],
  [{ storedSnapshotsAndFiles: true, dailyMaintenanceStartTime: false }, ['files']],
])('by the flags %j', async (flags, told) => {
  const { epm } = emulated();
  const { result } = await waitForCompletion(await epm.environment.restore({ backupName: BACKUP, ...flags }));
  const signs = Object.entries(SIGNS).filter(([, sign]) => result.aftermath.some((sentence) => sign.test(sentence)));
  expect(signs.map(([name]) => name)).toEqual(told);
  // Groups and granular roles are restored whatever the flags say (OE-21).
  expect(result.aftermath.filter((sentence) => /^Groups and granular role/.test(sentence))).toHaveLength(1);
  expect(result.aftermath[0]).toMatch(/^The application and its data/);
  expect(result.dataAsOf?.toISOString()).toBe('2026-04-23T08:48:06.000Z');
});

it.each([
  ['2026-04-23T08:48:06/Environment_Backup', '2026-04-23T08:48:06.000Z'],
  ['2025-10-03T12:45:54/Artifact_Snapshot.zip', '2025-10-03T12:45:54.000Z'],
  // The vendor's own sample copies it as Backup_16Dec.
  ['2022-02-16T21:00:02/Artifact_Snapshot_2021-12-16T21:00:02', '2021-12-16T21:00:02.000Z'],
  ['2022-02-16T21:00:02/Artifact_Snapshot_2021-12-16T21:00:02.zip', '2021-12-16T21:00:02.000Z'],
  ['2022-02-16T21:00:02/Environment_Backup_2022-02-15T21:00:02.tar.gz', '2022-02-15T21:00:02.000Z'],
  ['2022-02-16T21:00:02/Artifact_Snapshot_2022-02-17T21:00:02', undefined],
  ['2022-02-16T21:00:02/Artifact_Snapshot_2021-13-16T21:00:02', undefined],
  ['2022-02-16T21:00:02/Artifact_Snapshot_2021-12-16T21:00:02+02:00', undefined],
  ['2022-02-16T21:00:02/Artifact_Snapshot_v2', '2022-02-16T21:00:02.000Z'],
  ['2026-03-20T12:46:04/EPRCS_Backup.tar.gz', '2026-03-20T12:46:04.000Z'],
  ['2026-03-20T12:46:04Z/Environment_Backup', '2026-03-20T12:46:04.000Z'],
  ['2026-02-30T12:46:04/Environment_Backup', undefined],
  ['2026-13-01T12:46:04/Environment_Backup', undefined],
  ['2026-03-20/Environment_Backup', undefined],
  ['2026-03-20T12:46:04+02:00/Environment_Backup', undefined],
  ['Artifact Snapshot', undefined],
  ['', undefined],
])('the time of %j is UTC, and absent rather than guessed (OE-18)', (name, expected) => {
  expect(timeOfBackup(name)?.toISOString()).toBe(expected);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

it('the time of a backup does not depend on where this runs', () => {
  vi.stubEnv('TZ', 'America/Los_Angeles');
  expect(new Date('2026-04-23T08:48:06').toISOString()).toBe('2026-04-23T15:48:06.000Z');
  expect(timeOfBackup(BACKUP)?.toISOString()).toBe('2026-04-23T08:48:06.000Z');
});
