import { describe, expect, it } from 'vitest';
import { UnexpectedResponseError } from '../../src/errors/index.ts';
import { SpecDocument } from '../specs/spec-document.ts';
import { BACKUP, done, envelope, portalWith, record, scriptedPortal, TASK } from './support.ts';

describe('the history', () => {
  const read = async (response: unknown) => {
    const { docspace, asked } = scriptedPortal(() => envelope(response));
    return { records: await docspace.backups.list().toArray(), asked };
  };

  it('lists what can be restored, with credentials', async () => {
    const { docspace, emulator } = portalWith('success');
    const records = await docspace.backups.list().toArray();
    expect(records).toContainEqual({
      id: BACKUP,
      fileName: 'portal_2026-06-29_02-00-00.tar.gz',
      storage: 'documents',
      storageType: 0,
      createdAt: new Date('2026-06-29T02:00:00Z'),
    });
    expect(emulator.requests[0]?.headers.authorization).toBe(`Bearer ${emulator.credentials.apiKey}`);
    expect(new URL(emulator.requests[0]?.url ?? '').search).toBe('');
  });

  it.each([
    [0, 'documents'],
    [1, 'third-party-documents'],
    [2, 'custom-cloud'],
    [3, 'local'],
    [4, 'data-store'],
    [5, 'third-party-consumer'],
    ['ThridpartyDocuments', 'third-party-documents'],
    ['DataStore', 'data-store'],
    [99, undefined],
  ])('storage type %s is %s', async (storageType, storage) => {
    const { records } = await read([{ id: BACKUP, storageType }]);
    expect(records[0]?.storage).toBe(storage);
  });

  it.each([
    ['2026-04-23T08:48:06.0000000Z', '2026-04-23T08:48:06.000Z'],
    ['2026-04-23T10:48:06.0000000+02:00', '2026-04-23T08:48:06.000Z'],
    ['2026-04-23T08:48:06', '2026-04-23T08:48:06.000Z'],
    ['0001-01-01T00:00:00', undefined],
    ['0001-01-01T00:00:00.0000000Z', undefined],
    ['soon', undefined],
    [null, undefined],
  ])('time %s is %s, in any zone of ours', async (text, time) => {
    const { records } = await read([{ id: BACKUP, createdOn: text, expiresOn: text }]);
    expect(records[0]?.expiresOn?.toISOString()).toBe(time);
    expect(records[0]?.createdAt?.toISOString()).toBe(time);
  });

  it('is empty only where the portal says so', async () => {
    expect((await read([])).records).toEqual([]);
    await expect(read(undefined)).rejects.toBeInstanceOf(UnexpectedResponseError);
    await expect(read([{ fileName: 'no id' }])).rejects.toMatchObject({ issues: [expect.stringContaining('0.id')] });
  });

  it('can be asked for dumps', async () => {
    const { docspace, emulator } = portalWith('dump-restore');
    const names = (await docspace.backups.list({ dump: true }).toArray()).map(({ fileName }) => fileName);
    expect(names).toEqual(['dump_2026-06-26_02-00-00.tar.gz']);
    expect(emulator.requests[0]?.url).toMatch(/\?Dump=true$/);
  });

  it('reads the examples of the document', async () => {
    const examples = new SpecDocument('docspace').at(
      '/paths/~1api~12.0~1backup~1getbackuphistory/get/responses/200/content/application~1json/examples',
    ) as Record<string, { value: { response: unknown[] } }>;
    for (const { value } of Object.values(examples)) {
      expect((await read(value.response)).records).toHaveLength(value.response.length);
    }
  });

  it('is read again after a 502', async () => {
    const { docspace, asked } = scriptedPortal((_, count) =>
      count === 1 ? new Response(null, { status: 502 }) : envelope([]),
    );
    expect(await docspace.backups.list().toArray()).toEqual([]);
    expect(asked).toHaveLength(2);
  });
});

describe('the progress', () => {
  const read = async (response?: unknown) => {
    const { docspace } = scriptedPortal(() => envelope(response));
    return docspace.portal.restoreProgress();
  };

  it.each([
    ['a running one', record(), { taskId: TASK, isCompleted: false, percent: 10, status: 'running' }],
    [
      'a failed one',
      done({ progress: 10, error: 'File not found.' }),
      { taskId: TASK, isCompleted: true, percent: 10, error: 'File not found.', status: 'completed' },
    ],
    [
      'a canceled one',
      done({ progress: 42, status: 3 }),
      { taskId: TASK, isCompleted: true, percent: 42, status: 'canceled' },
    ],
    [
      'one of the job wrapper',
      done({ status: 4, warning: 'Odd.' }),
      { taskId: TASK, isCompleted: true, percent: 100, warning: 'Odd.', status: 'failed' },
    ],
    [
      'one of an old server',
      done({ status: undefined, error: null }),
      { taskId: TASK, isCompleted: true, percent: 100 },
    ],
  ])('of %s', async (_, response, expected) => {
    expect(await read(response)).toEqual(expected);
  });

  it('is undefined where there was no restore', async () => {
    expect(await read()).toBeUndefined();
  });

  it('is asked for with credentials only where the portal insists', async () => {
    const open = portalWith('success');
    await open.docspace.portal.restoreProgress();
    expect(open.emulator.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    const closed = portalWith('progress-needs-authentication');
    await closed.docspace.portal.restoreProgress();
    expect(closed.emulator.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([false, true]);
  });
});
