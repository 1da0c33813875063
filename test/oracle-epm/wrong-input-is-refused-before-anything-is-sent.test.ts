import { describe, expect, it } from 'vitest';
import { uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { docspaceApiKey } from '../../src/docspace/docspace-api-key.ts';
import { ConfigurationError } from '../../src/errors/index.ts';
import { OracleEpmClient, type RestoreEnvironmentInput } from '../../src/oracle-epm/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, BASE_URL, emulated, SNAPSHOT } from './support.ts';

const input = (value: unknown) => value as RestoreEnvironmentInput;

describe('a restore', () => {
  it.each([
    ['no input', undefined, 'input'],
    ['no name', {}, 'backupName'],
    ['an empty name', { backupName: '' }, 'backupName'],
    ['a name that is no text', { backupName: 42 }, 'backupName'],
    ['a snapshot (OE-16)', { backupName: SNAPSHOT }, 'backupName'],
    [
      'a snapshot with a suffix',
      { backupName: '2022-02-16T21:00:02/Artifact_Snapshot_2021-12-16T21:00:02' },
      'backupName',
    ],
    ['an archive of Narrative Reporting', { backupName: '2026-03-20T12:46:04/EPRCS_Backup.tar.gz' }, 'backupName'],
    ['the maintenance snapshot of the environment', { backupName: 'Artifact Snapshot' }, 'backupName'],
    ['a name without its time', { backupName: 'Environment_Backup' }, 'backupName'],
    ['a name that is forced half-heartedly', { backupName: SNAPSHOT, force: 'true' }, 'backupName'],
    ['a flag as text', { backupName: BACKUP, usersAndPreDefinedRoles: 'false' }, 'usersAndPreDefinedRoles'],
    ['a flag as number', { backupName: BACKUP, dailyMaintenanceStartTime: 0 }, 'dailyMaintenanceStartTime'],
    ['a misspelt flag', { backupName: BACKUP, dailyMaintenanceStarttime: false }, 'dailyMaintenanceStarttime'],
    ['a flag that is null', { backupName: BACKUP, storedSnapshotsAndFiles: null }, 'storedSnapshotsAndFiles'],
  ])('%s', async (_, value, field) => {
    const { epm, emulator } = emulated();
    const error = await rejection(epm.environment.restore(input(value)));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ field });
    expect(emulator.requests).toHaveLength(0);
  });

  it('a wrong kind of backup is sent with force', async () => {
    const { epm, starts } = emulated({ scenario: 'wrong-backup-in-a-400' });
    expect(await rejection(epm.environment.restore({ backupName: SNAPSHOT, force: true }))).toMatchObject({
      status: 400,
    });
    expect(JSON.parse(starts()[0]?.body ?? '').backupName).toBe(SNAPSHOT);
  });
});

it.each([
  [{ backupName: '' }, 'backupName'],
  [{ backupName: SNAPSHOT, targetName: '' }, 'targetName'],
])('a copy of %j', async (value, field) => {
  const { epm, emulator } = emulated();
  expect(await rejection(epm.backups.copy(value))).toMatchObject({ code: 'configuration', field });
  expect(emulator.requests).toHaveLength(0);
});

it.each([uaaPassword({ username: 'a', password: 'bcde' }), docspaceApiKey('sk-1')])(
  'credentials of another system: $kind',
  (auth) => {
    expect(() => new OracleEpmClient({ baseUrl: BASE_URL, auth })).toThrow(expect.objectContaining({ field: 'auth' }));
  },
);

it.each(['', '..'])('attach to the id %j', (id) => {
  expect(() => emulated().epm.attach({ id })).toThrow(expect.objectContaining({ field: 'id' }));
});

it('a copy with an unknown option', async () => {
  const wrong = { backupName: SNAPSHOT, target: 'x' };
  expect(await rejection(emulated().epm.backups.copy(wrong))).toMatchObject({ code: 'configuration', field: 'target' });
});

it.each([
  ['a time without a zone', { id: '1', startedAt: '2026-01-01T00:00:00' }, 'startedAt'],
  ['a time that is none', { id: '1', startedAt: '2026-02-30T00:00:00Z' }, 'startedAt'],
  ['a flag as text', { id: '1', usersAndPreDefinedRoles: 'true' }, 'usersAndPreDefinedRoles'],
  ['a name that is no text', { id: '1', backupName: 7 }, 'backupName'],
  ['an unknown option', { id: '1', kind: 'copy' }, 'kind'],
])('attach: %s', (_, options, field) => {
  expect(() => emulated().epm.attach(options as never)).toThrow(expect.objectContaining({ field }));
});
