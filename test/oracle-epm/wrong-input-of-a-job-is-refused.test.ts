import { expect, it } from 'vitest';
import type { OracleEpmClient } from '../../src/oracle-epm/index.ts';
import { rejection } from '../support/rejection.ts';
import { BUCKET, OTHER_URL } from './jobs.ts';
import { BASE_URL, emulated, SNAPSHOT } from './support.ts';

type Call = (epm: OracleEpmClient) => Promise<unknown>;

const clone =
  (input: object): Call =>
  (epm) =>
    epm.environment.clone({ targetUrl: OTHER_URL, targetUsername: 'jane', targetPassword: 'secret-word', ...input });
const copyFrom =
  (input: object): Call =>
  (epm) =>
    epm.snapshots.copyFrom({
      snapshotName: 'April',
      sourceUrl: OTHER_URL,
      username: 'jane',
      password: 'secret-word',
      ...input,
    });
const store =
  (input: object): Call =>
  (epm) =>
    epm.files.copyToObjectStorage({ name: 'April', url: BUCKET, username: 'jane', password: 'secret-word', ...input });

it.each<[string, string, Call]>([
  ['snapshotName', 'an export without a name', (epm) => epm.snapshots.export({} as never)],
  ['snapshotName', 'an export of nothing', (epm) => epm.snapshots.export(undefined as never)],
  ['name', 'a field of another call', (epm) => epm.snapshots.export({ snapshotName: 'a', name: 'b' } as never)],
  ['note', 'a note that is no text', (epm) => epm.snapshots.export({ snapshotName: 'a', note: 7 as never })],
  [
    'importUsers',
    'a flag as text',
    (epm) => epm.snapshots.import({ snapshotName: 'a', importUsers: 'false' as never }),
  ],
  ['userPassword', 'a password without users', (epm) => epm.snapshots.import({ snapshotName: 'a', userPassword: 'x' })],
  ['resetPassword', 'a reset without users', (epm) => epm.snapshots.import({ snapshotName: 'a', resetPassword: true })],
  [
    'userPassword',
    'an empty password',
    (epm) => epm.snapshots.import({ snapshotName: 'a', importUsers: true, userPassword: '' }),
  ],
  ['importUser', 'a misspelt flag', (epm) => epm.snapshots.import({ snapshotName: 'a', importUser: true } as never)],
  ['sourceUrl', 'a source that is no address', copyFrom({ sourceUrl: 'epm-test' })],
  ['sourceUrl', 'a source without TLS', copyFrom({ sourceUrl: 'http://epm-test.example.org' })],
  ['sourceUrl', 'a source with a password', copyFrom({ sourceUrl: 'https://jane:x@epm-test.example.org' })],
  ['sourceUrl', 'this environment as its source', copyFrom({ sourceUrl: `${BASE_URL}/epmcloud/` })],
  ['username', 'no user', copyFrom({ username: ' ' })],
  ['password', 'no password', copyFrom({ password: '' })],
  ['password', 'a password with a line break', copyFrom({ password: 'secret\n' })],
  ['targetUrl', 'no target', clone({ targetUrl: undefined })],
  ['targetUrl', 'this environment as its target', clone({ targetUrl: `${BASE_URL}/HyperionPlanning` })],
  ['targetUsername', 'a target without a user', clone({ targetUsername: '' })],
  ['targetPassword', 'a target without a password', clone({ targetPassword: undefined })],
  ['backupName', 'a clone of a snapshot as a backup (OE-16)', clone({ backupName: SNAPSHOT })],
  [
    'snapshotName',
    'two sources of a clone',
    clone({ backupName: '2026-04-23T08:48:06/Environment_Backup', snapshotName: 'a' }),
  ],
  ['jobConsole', 'a part as text', clone({ jobConsole: 'True' })],
  ['extra', 'more fields as text', clone({ extra: 'a=b' })],
  ['extra.a', 'another field that is no text', clone({ extra: { a: true } })],
  ['applicationAudits', 'a misspelt part', clone({ applicationAudits: true })],
  ['input', 'a clean environment by accident', (epm) => epm.snapshots.recreate(undefined as never)],
  ['removeAll', 'a flag as text', (epm) => epm.snapshots.recreate({ removeAll: 'true' as never })],
  ['serviceType', 'an empty service', (epm) => epm.snapshots.recreate({ serviceType: '' })],
  ['snapshotName', 'a clean environment with a name', (epm) => epm.snapshots.recreate({ snapshotName: 'a' } as never)],
  ['skipNext', 'a flag as text', (epm) => epm.maintenance.run({ skipNext: 'true' as never })],
  ['skip', 'a misspelt flag', (epm) => epm.maintenance.run({ skip: true } as never)],
  ['name', 'no file', store({ name: '' })],
  ['url', 'no bucket', store({ url: 'bucket' })],
  ['username', 'no user of the storage', store({ username: undefined })],
  ['password', 'no password of the storage', store({ password: 5 })],
  ['file', 'a misspelt name', store({ file: 'a' })],
  ['newName', 'no new name', (epm) => epm.snapshots.rename({ snapshotName: 'a' } as never)],
  [
    'newSnapshotName',
    'the name of the vendor',
    (epm) => epm.snapshots.rename({ snapshotName: 'a', newName: 'b', newSnapshotName: 'c' } as never),
  ],
  ['name', 'a deletion of nothing', (epm) => epm.files.delete('')],
  ['name', 'a deletion of the folder above', (epm) => epm.snapshots.delete('..')],
])('%s: %s', async (field, _, call) => {
  const { epm, emulator } = emulated();
  expect(await rejection(call(epm))).toMatchObject({ name: 'ConfigurationError', field, started: 'no' });
  expect(emulator.requests).toEqual([]);
});

it('a clone sends further fields as they are, and they take precedence', async () => {
  const { epm, emulator } = emulated();
  await epm.environment.clone({
    targetUrl: OTHER_URL,
    targetUsername: 'jane',
    targetPassword: 'secret-word',
    extra: { maintenanceStartTime: 'False', newFlag: 'True' },
  });
  expect(JSON.parse(emulator.requests[0]?.body ?? '').parameters).toEqual({
    usersAndPreDefinedRoles: 'False',
    storedSnapshotsAndFiles: 'False',
    maintenanceStartTime: 'False',
    newFlag: 'True',
  });
});
