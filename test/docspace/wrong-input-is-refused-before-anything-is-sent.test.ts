import { describe, expect, it } from 'vitest';
import type { RestorePortalInput } from '../../src/docspace/index.ts';
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
