import { describe, expect, it } from 'vitest';
import type { BackupScheduleInput, CreateBackupInput, RestorePortalInput } from '../../src/docspace/index.ts';
import { DocSpaceClient, docspaceApiKey } from '../../src/docspace/index.ts';
import { ConfigurationError } from '../../src/errors/index.ts';
import { BACKUP, BASE_URL, portalWith } from './support.ts';

describe('a start', () => {
  it.each<[string, unknown]>([
    ['input', undefined],
    ['backupId', {}],
    ['backupId', { backupId: '' }],
    ['backupId', { backupId: 'latest' }],
    ['backupId', { backupId: '5b1c7e0e8d364b0e9a3d0c9f5b0b7a11' }],
    ['backupId', { backupId: 1234 }],
    ['backupId', { backupId: null }],
    ['backupId', { backupId: '00000000-0000-0000-0000-000000000000' }], // DS-25
    ['backupId', { backupId: BACKUP, storage: 'documents', fileId: '1234' }],
    ['fileId', { backupId: BACKUP, fileId: '1234' }],
    ['storage', { storage: 'custom-cloud', params: { filePath: 'x' } }],
    ['storage', { storage: 'toString', fileId: '1' }],
    ['storage', { storage: 0, fileId: '1' }],
    ['fileId', { storage: 'documents' }],
    ['fileId', { storage: 'documents', fileId: 1234 }],
    ['fileId', { storage: 'third-party-documents', fileId: ' ' }],
    ['filePath', { storage: 'documents', fileId: '1234', filePath: 'x' }],
    ['filePath', { storage: 'local' }],
    ['filePath', { storage: 'local', filePath: '' }],
    ['params', { storage: 'data-store' }],
    ['params', { storage: 'data-store', params: 'filePath=x' }],
    ['params.filePath', { storage: 'third-party-consumer', params: { module: 'S3' } }],
    ['params.filePath', { storage: 'third-party-consumer', params: { filePath: '' } }],
    ['params.region', { storage: 'third-party-consumer', params: { filePath: 'x', region: 7 } }],
    ['params.region', { storage: 'third-party-consumer', params: { filePath: 'x', region: null } }],
    ['params.module', { storage: 'third-party-consumer', params: { filePath: 'x' } }],
    ['notfy', { backupId: BACKUP, notfy: true }],
    ['notify', { backupId: BACKUP, notify: 'false' }],
    ['dump', { backupId: BACKUP, dump: 1 }],
    ['backupCreatedAt', { backupId: BACKUP, backupCreatedAt: '2026-06-29T02:00:00' }],
    ['backupCreatedAt', { backupId: BACKUP, backupCreatedAt: new Date(Number.NaN) }],
  ])('names %s in %j', async (field, input) => {
    const { docspace, emulator } = portalWith('success');
    const error = await docspace.portal.restore(input as RestorePortalInput).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toHaveProperty('field', field);
    expect(emulator.requests).toEqual([]);
  });
});

describe('a client', () => {
  const make = (headers: Record<string, string>) => () =>
    new DocSpaceClient({ baseUrl: BASE_URL, auth: docspaceApiKey('sk-1234'), headers });

  it.each([[{ Cookie: 'a=1; asc_auth_key=secret' }], [{ ApiKeyBearer: 'sk-1234' }]])(
    'takes no credentials as headers, which would go with every poll: %j',
    (headers) => {
      expect(make(headers as unknown as Record<string, string>)).toThrow(ConfigurationError);
    },
  );

  it('takes other headers', () => {
    expect(make({ 'x-gateway': 'blue', cookie: 'sticky=1' })).not.toThrow();
  });

  it.each(['/api/2.0', '/api/2.0/', '/'])('takes the address with %s behind it', async (path) => {
    const { connect, emulator } = portalWith('success', { baseUrl: `${BASE_URL}${path}` });
    await connect().portal.settings();
    expect(emulator.requests.map(({ url }) => url)).toEqual([`${BASE_URL}/api/2.0/settings`]);
  });
});

it.each<[string, (docspace: DocSpaceClient, query: { dump: boolean }) => unknown]>([
  ['the list', (docspace, query) => docspace.backups.list(query)],
  ['the latest', (docspace, query) => docspace.backups.latest(query)],
  ['the progress', (docspace, query) => docspace.portal.restoreProgress(query)],
])('%s takes only true and false for dump', async (_, call) => {
  const { docspace, emulator } = portalWith('success');
  const ask = async () => call(docspace, { dump: 'yes' as unknown as boolean });
  await expect(ask()).rejects.toMatchObject({ field: 'dump' });
  expect(emulator.requests).toEqual([]);
});

const DAILY = { storage: 'data-store', every: 'day', hour: 3, backupsStored: 5 };
const WEEKLY = { ...DAILY, every: 'week', weekday: 'monday' };
const MONTHLY = { ...DAILY, every: 'month', dayOfMonth: 1 };

const TARGETS: readonly [string, object][] = [
  ['storage', {}],
  ['storage', { storage: 'custom-cloud' }],
  ['storage', { storage: 'toString' }],
  ['storage', { storage: 4 }],
  ['folderId', { storage: 'documents' }],
  ['folderId', { storage: 'documents', folderId: 12 }],
  ['folderId', { storage: 'documents', folderId: 'sbox-1-|backups' }],
  ['folderId', { storage: 'third-party-documents', folderId: '12' }],
  ['folderId', { storage: 'data-store', folderId: '12' }],
  ['folderPath', { storage: 'local' }],
  ['folderPath', { storage: 'local', folderPath: ' ' }],
  ['folderPath', { storage: 'documents', folderId: '12', folderPath: '/b' }],
  ['filePath', { storage: 'local', filePath: '/b' }],
  ['params', { storage: 'third-party-consumer' }],
  ['params', { storage: 'third-party-consumer', params: ['S3'] }],
  ['params.module', { storage: 'third-party-consumer', params: {} }],
  ['params.port', { storage: 'third-party-consumer', params: { module: 'S3', port: 443 } }],
];

describe('a backup', () => {
  it.each<[string, unknown]>([
    ['input', undefined],
    ['input', 'data-store'],
    ...TARGETS,
    ['dump', { storage: 'data-store', dump: 'yes' }],
    ['note', { storage: 'data-store', note: 7 }],
    ['notify', { storage: 'data-store', notify: true }],
  ])('names %s in %j', async (field, input) => {
    const { docspace, emulator } = portalWith({ edition: 'standalone' });
    await expect(docspace.backups.create(input as CreateBackupInput)).rejects.toMatchObject({ field });
    expect(emulator.requests).toEqual([]);
  });
});

describe('a schedule', () => {
  it.each<[string, unknown]>([
    ['input', null],
    ...TARGETS.map(([field, target]): [string, object] => [
      field,
      { every: 'day', hour: 3, backupsStored: 5, ...target },
    ]),
    ['every', { ...DAILY, every: 'EveryDay' }],
    ['every', { ...DAILY, every: 0 }],
    ['hour', { ...DAILY, hour: 24 }],
    ['hour', { ...DAILY, hour: -1 }],
    ['hour', { ...DAILY, hour: 2.5 }],
    ['hour', { ...DAILY, hour: '3' }],
    ['backupsStored', { ...DAILY, backupsStored: undefined }],
    ['backupsStored', { ...DAILY, backupsStored: 0 }],
    ['backupsStored', { ...DAILY, backupsStored: 31 }],
    ['weekday', { ...DAILY, weekday: 'monday' }],
    ['dayOfMonth', { ...DAILY, dayOfMonth: 1 }],
    ['weekday', { ...WEEKLY, weekday: 'Monday' }],
    ['weekday', { ...WEEKLY, weekday: 2 }],
    ['dayOfMonth', { ...WEEKLY, dayOfMonth: 1 }],
    ['dayOfMonth', { ...MONTHLY, dayOfMonth: 0 }],
    ['dayOfMonth', { ...MONTHLY, dayOfMonth: 32 }],
    ['weekday', { ...MONTHLY, weekday: 'monday' }],
    ['dump', { ...DAILY, dump: 0 }],
    ['cronParams', { ...DAILY, cronParams: { period: 0 } }],
  ])('names %s in %j', async (field, input) => {
    const { docspace, emulator } = portalWith({ edition: 'standalone' });
    await expect(docspace.backups.schedule.set(input as BackupScheduleInput)).rejects.toMatchObject({ field });
    expect(emulator.requests).toEqual([]);
  });
});

it.each<[string, string, (docspace: DocSpaceClient) => unknown]>([
  ['id', 'a deletion', (docspace) => docspace.backups.delete('latest')],
  ['id', 'a deletion', (docspace) => docspace.backups.delete('00000000-0000-0000-0000-000000000000')],
  ['dmp', 'a deletion', (docspace) => docspace.backups.delete(BACKUP, { dmp: true } as never)],
  ['dump', 'a deletion of all', (docspace) => docspace.backups.deleteAll({ dump: 1 } as never)],
  ['Dump', 'the list', (docspace) => docspace.backups.list({ Dump: true } as never)],
  ['dump', 'the schedule', (docspace) => docspace.backups.schedule.get({ dump: 'no' } as never)],
  ['dump', 'its deletion', (docspace) => docspace.backups.schedule.delete({ dump: null } as never)],
  ['from', 'a count', (docspace) => docspace.backups.count({ from: '2026-06-01' })],
  ['to', 'a count', (docspace) => docspace.backups.count({ to: new Date(Number.NaN) })],
  ['from', 'a count', (docspace) => docspace.backups.count({ from: new Date(2), to: new Date(1) })],
  ['paid', 'a count', (docspace) => docspace.backups.count({ paid: 'yes' } as never)],
  ['paid', 'both counts', (docspace) => docspace.backups.countByPaid({ paid: true } as never)],
  ['from', 'both counts', (docspace) => docspace.backups.countByPaid({ from: new Date(2), to: new Date(1) })],
  ['id', 'an attached backup', (docspace) => docspace.backups.attach(undefined as never)],
  ['id', 'an attached backup', (docspace) => docspace.backups.attach({ id: 'backup' })],
  ['notify', 'an attached backup', (docspace) => docspace.backups.attach({ id: BACKUP, notify: true } as never)],
  ['dump', 'an attached backup', (docspace) => docspace.backups.attach({ id: BACKUP, dump: 1 } as never)],
  ['startedAt', 'an attached backup', (docspace) => docspace.backups.attach({ id: BACKUP, startedAt: '2026-06-01' })],
  ['id', 'an attached restore', (docspace) => docspace.attach(undefined as never)],
  ['taskId', 'an attached restore', (docspace) => docspace.attach({ taskId: BACKUP } as never)],
  ['dmp', 'the progress', (docspace) => docspace.portal.restoreProgress({ dmp: true } as never)],
])('%s is named in %s', async (field, _, call) => {
  const { docspace, emulator } = portalWith({ edition: 'standalone' });
  await expect((async () => call(docspace))()).rejects.toMatchObject({ code: 'configuration', field });
  expect(emulator.requests).toEqual([]);
});
