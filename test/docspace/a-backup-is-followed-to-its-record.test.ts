import { describe, expect, it } from 'vitest';
import {
  AccessLostError,
  ApiError,
  HandleError,
  OperationFailedError,
  OutageError,
  UnexpectedResponseError,
} from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { DocSpaceScenario } from '../../src/testing/docspace/scenario.ts';
import type { DocSpaceScenarioName } from '../../src/testing/docspace/scenarios.ts';
import type { Emulator } from '../../src/testing/emulator.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, backup, envelope, OTHER_TASK, portalWith, type Script, scriptedPortal, TASK } from './support.ts';

const STANDALONE: DocSpaceScenario = { edition: 'standalone' };

const listsOf = (emulator: Emulator) =>
  emulator.requests.filter(({ operationId }) => operationId === 'getBackupHistory').length;

describe('a backup', () => {
  it.each([
    ['the data store', { storage: 'data-store' }, { storageType: 4 }, {}],
    [
      'a folder of the portal',
      { storage: 'documents', folderId: '12' },
      { storageType: 0, storageParams: [{ key: 'folderId', value: '12' }] },
      {},
    ],
    [
      'a folder of a third-party account',
      { storage: 'third-party-documents', folderId: 'sbox-1-|backups' },
      { storageType: 1, storageParams: [{ key: 'folderId', value: 'sbox-1-|backups' }] },
      {},
    ],
    [
      'a folder of the server',
      { storage: 'local', folderPath: '/backups' },
      { storageType: 3, storageParams: [{ key: 'filePath', value: '/backups' }] },
      STANDALONE,
    ],
    [
      'an account',
      { storage: 'third-party-consumer', params: { module: 'S3', bucket: 'b' } },
      {
        storageType: 5,
        storageParams: [
          { key: 'module', value: 'S3' },
          { key: 'bucket', value: 'b' },
        ],
      },
      {},
    ],
    [
      'the data store, of the whole server',
      { storage: 'data-store', dump: true },
      { storageType: 4, dump: true },
      STANDALONE,
    ],
  ] as const)('is made in %s, and its id is that of the record (DS-24, DS-26)', async (_, input, body, scenario) => {
    const { docspace, emulator } = portalWith(scenario);
    const operation = await docspace.backups.create({ ...input, note: 'CHANGE-1' });
    const sent = emulator.requests.find(({ operationId }) => operationId === 'startBackup');
    expect(JSON.parse(sent?.body ?? '')).toEqual(body);
    const done = await waitForCompletion(operation);
    const records = await docspace.backups.list('dump' in input ? { dump: true } : {}).toArray();
    const listed = records.find(({ id }) => id === operation.id);
    expect(listed?.createdAt).toEqual(new Date(done.completedAt.getTime() - (done.elapsedMs - 10_000)));
    expect(done.result).toMatchObject({ backupId: operation.id, backup: listed, dataAsOf: listed?.createdAt });
    expect(operation).toMatchObject({ kind: 'docspace/backup', note: 'CHANGE-1' });
    expect(done.warnings).toEqual([]);
  });

  it('in the data store has a link, and the result says when the server deletes it', async () => {
    const { docspace } = portalWith({});
    const { result } = await waitForCompletion(await docspace.backups.create({ storage: 'data-store' }));
    expect(result.link).toMatch(/^https:.*signature=/);
    expect(result.aftermath).toContainEqual(
      expect.stringContaining(result.backup?.expiresOn?.toISOString() ?? 'never'),
    );
    const folder = await docspace.backups.create({ storage: 'documents', folderId: '12' });
    const kept = (await waitForCompletion(folder)).result;
    expect(kept).not.toHaveProperty('link');
    expect(kept.aftermath).toEqual([expect.stringContaining('new ids')]);
  });

  it('can be restored by its id', async () => {
    const { docspace, emulator } = portalWith({});
    const { result } = await waitForCompletion(await docspace.backups.create({ storage: 'data-store' }));
    await waitForCompletion(await docspace.portal.restore({ backupId: result.backupId }));
    expect(emulator.restores).toMatchObject([{ truth: 'succeeded' }]);
  });

  it('is polled with credentials, and shows its percentage', async () => {
    const { docspace, emulator, clock } = portalWith({});
    const operation = await docspace.backups.create({ storage: 'data-store' });
    clock.jump(5_000);
    expect(await operation.poll()).toMatchObject({ state: 'running', percent: 45 });
    const polls = emulator.requests.filter(({ operationId }) => operationId === 'getBackupProgress');
    expect(polls.every(({ headers }) => headers.authorization !== undefined)).toBe(true);
  });

  it('is started once, and goes on in another process', async () => {
    const { docspace, connect, emulator } = portalWith({});
    const operation = await docspace.backups.create({ storage: 'data-store' });
    const handle = JSON.parse(JSON.stringify(operation));
    expect(handle).toEqual({
      v: 1,
      kind: 'docspace/backup',
      id: operation.id,
      baseUrl: docspace.baseUrl,
      path: '/api/2.0/backup/getbackupprogress',
      startedAt: operation.startedAt.toISOString(),
      dump: false,
    });
    const resumed = connect().resume(handle);
    expect((await waitForCompletion(resumed)).state).toBe('succeeded');
    expect(emulator.requests.filter(({ operationId }) => operationId === 'startBackup')).toHaveLength(1);
  });
});

describe('the end of a backup', () => {
  it('is a failure with the text of the server, although `status` says completed', async () => {
    const { docspace } = portalWith('backup-fails');
    const error = await rejection(waitForCompletion(await docspace.backups.create({ storage: 'data-store' })));
    expect(error).toBeInstanceOf(OperationFailedError);
    expect(error).toMatchObject({ state: 'failed', message: expect.stringContaining('not enough space') });
  });

  it('is a success with a warning if files are missing in it', async () => {
    const { docspace } = portalWith('backup-with-missing-files');
    const { state, warnings } = await waitForCompletion(await docspace.backups.create({ storage: 'data-store' }));
    expect(state).toBe('succeeded');
    expect(warnings).toEqual([{ message: expect.stringContaining('Some files were not included') }]);
  });

  it('is a failure if the portal reports success and does not list it: nobody could restore it', async () => {
    const { docspace, clock } = portalWith('backup-without-archive');
    const operation = await docspace.backups.create({ storage: 'data-store' });
    const error = await rejection(waitForCompletion(operation));
    expect(error).toMatchObject({ state: 'failed', message: expect.stringContaining('does not list the backup') });
    clock.jump(1_000);
    const { raw, ...status } = await operation.poll();
    expect(raw).toMatchObject({ response: { isCompleted: true, taskId: operation.id } });
    expect(status).toMatchObject({ failure: { details: raw }, warnings: [] });
  });

  it('is that of another backup only if the portal has answered with it, and then every status says so (DS-10)', async () => {
    const { docspace } = portalWith('another-backup-is-running');
    const { warnings } = await waitForCompletion(await docspace.backups.create({ storage: 'data-store' }));
    expect(warnings).toEqual([{ code: 'existing-task', message: expect.stringContaining('stored elsewhere') }]);
  });

  it('is read from the history when the next backup has replaced its progress (DS-7)', async () => {
    const { docspace, clock, emulator } = portalWith({});
    const first = await docspace.backups.create({ storage: 'data-store' });
    clock.jump(20_000);
    const second = await docspace.backups.create({ storage: 'data-store' });
    expect(second.id).not.toBe(first.id);
    const listsBefore = listsOf(emulator);
    const done = await waitForCompletion(first);
    expect(listsOf(emulator) - listsBefore).toBe(1);
    expect(done.result.backup?.id).toBe(first.id);
    expect(done.warnings).toMatchObject([{ code: 'progress-gone' }]);
  });

  it('is not known if neither the progress nor the history shows it', async () => {
    const { docspace } = portalWith({});
    const operation = docspace.backups.attach({ id: OTHER_TASK });
    const error = await rejection(operation.poll());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toHaveProperty('status', 200);
    expect(await rejection(waitForCompletion(operation))).toBeInstanceOf(OutageError);
  });
});

/** Answers a start with `TASK`, and polls and histories as told. */
const making =
  (poll: Script, history: Script = () => envelope([{ id: TASK }])): Script =>
  (asked, count) => {
    if (asked.call === 'startbackup') return envelope(backup({ progress: 0 }));
    if (asked.call === 'settings') return envelope({ tenantStatus: 0 });
    if (asked.call === 'getbackuphistory') return history(asked, count);
    return count === 1 ? envelope() : poll(asked, count - 1);
  };

const done = (more: object = {}) => envelope(backup({ isCompleted: true, progress: 100, status: 2, ...more }));

describe('the record of a backup', () => {
  const waitedFor = async (script: Script) => {
    const portal = scriptedPortal(script);
    const operation = await portal.docspace.backups.create({ storage: 'data-store' });
    return { ...portal, ended: await waitForCompletion(operation).catch((error: unknown) => error) };
  };

  it.each([
    ['a null error', { error: null }],
    ['no status, as of old servers', { status: undefined }],
    ['an id in other case', { taskId: TASK.toUpperCase() }],
    ['a number as text', { progress: '100' }],
    ['a status that lags', { status: 1 }],
  ])('decides with %s', async (_, more) => {
    expect((await waitedFor(making(() => done(more)))).ended).toMatchObject({ state: 'succeeded' });
  });

  it.each([
    ['an error', { error: 'No space.' }, 'failed'],
    ['status 3', { progress: 40, status: 3 }, 'canceled'],
    ['status 4', { status: 4 }, 'failed'],
    ['40 % and no error', { progress: 40 }, 'failed'],
  ])('is no success with %s', async (_, more, state) => {
    expect((await waitedFor(making(() => done(more)))).ended).toMatchObject({ state });
  });

  it('of a restore with the same id is refused: the id belongs to another kind of job', async () => {
    const { ended } = await waitedFor(making(() => done({ backupProgressEnum: 1 })));
    expect(ended).toBeInstanceOf(HandleError);
    const { docspace } = scriptedPortal(() => envelope(backup({ taskId: TASK })));
    expect(await rejection(docspace.attach({ id: TASK }).poll())).toMatchObject({
      message: expect.stringContaining('a backup of the portal'),
    });
  });

  it('that ends below 100 % while its status lags is a failure once the portal is active', async () => {
    const { ended } = await waitedFor(making(() => done({ progress: 40, status: 1 })));
    expect(ended).toMatchObject({ state: 'failed', message: expect.stringContaining('The portal is active') });
  });

  it('keeps its own warning beside the one about the history', async () => {
    const refuse = () => Response.json({ error: { message: 'No.' }, status: 1, statusCode: 402 }, { status: 402 });
    const { ended } = await waitedFor(making(() => done({ warning: 'Some files are missing.' }), refuse));
    expect(ended).toMatchObject({ warnings: [{ message: 'Some files are missing.' }, { code: 'not-verified' }] });
  });

  it.each([402, 403])('is enough, with a warning, if the history is refused with %i', async (status) => {
    const refuse = () => Response.json({ error: { message: 'No.' }, status: 1, statusCode: status }, { status });
    const { ended } = await waitedFor(making(() => done(), refuse));
    expect(ended).toMatchObject({
      state: 'succeeded',
      result: { backupId: TASK },
      warnings: [{ code: 'not-verified' }],
    });
  });

  it('is not enough if the key is refused with 401 when the history is read', async () => {
    const { ended } = await waitedFor(
      making(
        () => done(),
        () => new Response(null, { status: 401 }),
      ),
    );
    expect(ended).toBeInstanceOf(AccessLostError);
  });

  it('is read again if the history fails, or does not list it at once', async () => {
    const { ended } = await waitedFor(
      making(
        () => done(),
        (_, count) => (count <= 3 ? new Response(null, { status: 503 }) : envelope([{ id: TASK }])),
      ),
    );
    expect(ended).toMatchObject({ state: 'succeeded', warnings: [] });
    const late = await waitedFor(
      making(
        () => done(),
        (_, count) => envelope(count === 1 ? [] : [{ id: TASK }]),
      ),
    );
    expect(late.ended).toMatchObject({ state: 'succeeded', result: { backup: { id: TASK } } });
  });

  it('cannot be read while a restore locks the portal, which is an outage', async () => {
    const refuse = () => Response.json({ error: { message: 'No.' }, status: 1, statusCode: 403 }, { status: 403 });
    let isLocked = true;
    const { docspace, clock } = scriptedPortal((asked, count) => {
      if (asked.call === 'settings') return envelope({ tenantStatus: isLocked ? 4 : 0 });
      const inner = making(() => (isLocked ? refuse() : done()));
      return inner(asked, count);
    });
    const operation = await docspace.backups.create({ storage: 'data-store' });
    expect(await rejection(operation.poll())).toMatchObject({ message: expect.stringContaining('being restored') });
    clock.sleep(20 * 60_000).then(() => {
      isLocked = false;
    });
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
  });

  it('is lost if the key may not read it', async () => {
    const refuse = () => Response.json({ error: { message: 'No.' }, status: 1, statusCode: 403 }, { status: 403 });
    const { ended } = await waitedFor(making(refuse));
    expect(ended).toBeInstanceOf(AccessLostError);
    expect(ended).toMatchObject({ message: expect.stringContaining('scope') });
  });
});

it.each<[DocSpaceScenarioName, number]>([
  ['plan-without-restore', 402],
  ['room-admin', 403],
  ['read-only-key', 403],
])('a start is refused: %s', async (scenario, status) => {
  const { docspace, emulator } = portalWith(scenario);
  const error = await rejection(docspace.backups.create({ storage: 'data-store' }));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status, started: 'no' });
  expect(emulator.requests.filter(({ operationId }) => operationId === 'startBackup')).toHaveLength(1);
});

it('the progress of the last backup can be read, whoever started it', async () => {
  const { docspace, clock } = portalWith('another-backup-is-running');
  expect(await docspace.backups.progress()).toMatchObject({ isCompleted: false, percent: 27, status: 'running' });
  clock.jump(60_000);
  const progress = await docspace.backups.progress();
  expect(progress).toMatchObject({ isCompleted: true, percent: 100, link: expect.stringMatching(/^https:/) });
  const followed = await waitForCompletion(docspace.backups.attach({ id: progress?.taskId ?? '' }));
  expect(followed.result.backup?.id).toBe(progress?.taskId);
  expect(await portalWith({}).docspace.backups.progress()).toBeUndefined();
});

it('the record of a backup that is in the history is enough to follow it', async () => {
  const { docspace } = portalWith({});
  expect(await waitForCompletion(docspace.backups.attach({ id: BACKUP }))).toMatchObject({
    state: 'succeeded',
    result: { backup: { id: BACKUP } },
  });
});
