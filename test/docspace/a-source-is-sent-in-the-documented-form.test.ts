import { expect, it } from 'vitest';
import type { RestorePortalInput } from '../../src/docspace/index.ts';
import { BACKUP, portalWith, startsOf } from './support.ts';

it.each<[string, RestorePortalInput, unknown]>([
  ['a record', { backupId: BACKUP }, { backupId: BACKUP, notify: false }],
  [
    'a record, with all that can be said',
    { backupId: BACKUP, notify: true, dump: false, note: 'T-1', backupCreatedAt: new Date(0) },
    { backupId: BACKUP, notify: true, dump: false },
  ],
  [
    'a document',
    { storage: 'documents', fileId: '1234' },
    { backupId: '', storageType: 0, storageParams: [{ key: 'filePath', value: '1234' }], notify: false },
  ],
  [
    'a document of a connected account',
    { storage: 'third-party-documents', fileId: 'sbox-1-|backup.tar.gz' },
    {
      backupId: '',
      storageType: 1,
      storageParams: [{ key: 'filePath', value: 'sbox-1-|backup.tar.gz' }],
      notify: false,
    },
  ],
  [
    'an uploaded file',
    { storage: 'local', filePath: './backup.tar.gz' },
    { backupId: '', storageType: 3, storageParams: [{ key: 'filePath', value: './backup.tar.gz' }], notify: false },
  ],
  [
    'the data store',
    { storage: 'data-store', params: { filePath: 'backup/portal.tar.gz' } },
    {
      backupId: '',
      storageType: 4,
      storageParams: [{ key: 'filePath', value: 'backup/portal.tar.gz' }],
      notify: false,
    },
  ],
  [
    'an account that is set up for the portal',
    { storage: 'third-party-consumer', params: { module: 'S3', filePath: 'backup/portal.tar.gz', region: '' } },
    {
      backupId: '',
      storageType: 5,
      storageParams: expect.arrayContaining([
        { key: 'module', value: 'S3' },
        { key: 'filePath', value: 'backup/portal.tar.gz' },
        { key: 'region', value: '' },
      ]),
      notify: false,
    },
  ],
])('%s', async (_, input, expected) => {
  const { docspace, emulator } = portalWith('success');
  await docspace.portal.restore(input);
  const [start] = emulator.requests.filter(({ operationId }) => operationId === 'startBackupRestore');
  expect(JSON.parse(start?.body ?? '')).toEqual(expected);
  expect(start?.headers['content-type']).toBe('application/json');
  expect(startsOf(emulator)).toBe(1);
  expect(emulator.restores).toHaveLength(1);
});

it('`notify` chooses who is mailed', async () => {
  const quiet = portalWith('success');
  await quiet.docspace.portal.restore({ backupId: BACKUP });
  const loud = portalWith('success');
  await loud.docspace.portal.restore({ backupId: BACKUP, notify: true });
  for (const { clock } of [quiet, loud]) clock.jump(60_000);
  expect([quiet, loud].map(({ emulator }) => emulator.mails[0]?.audience)).toEqual(['owner', 'every active user']);
});
