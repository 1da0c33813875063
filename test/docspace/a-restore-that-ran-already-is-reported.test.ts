import { describe, expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import { BACKUP, done, envelope, OTHER_TASK, portalWith, record, scriptedPortal, TASK } from './support.ts';

const CREATED_ON = '2026-06-29T02:00:00Z';

it('a start that was answered with the restore that ran already says so to the end, and after a resume', async () => {
  const { docspace, connect, emulator } = portalWith('another-restore-is-running');
  const operation = await docspace.portal.restore({ backupId: BACKUP, backupCreatedAt: CREATED_ON });
  expect(emulator.restores).toEqual([]);
  const resumed = connect().resume(JSON.parse(JSON.stringify(operation)));
  expect((await resumed.poll()).warnings).toMatchObject([{ code: 'existing-task' }]);
  const { warnings, result } = await waitForCompletion(operation);
  expect(warnings).toMatchObject([{ code: 'existing-task' }]);
  // What that restore restores is not the backup that was asked for.
  expect(result.dataAsOf).toBeUndefined();
});

it('the second of two starts is told, and the first is not', async () => {
  const { docspace, clock, emulator } = portalWith('second-start-joins-the-first');
  const first = await docspace.portal.restore({ backupId: BACKUP });
  await clock.sleep(5_000);
  const second = await docspace.portal.restore({ backupId: BACKUP });
  expect(second.id).toBe(first.id);
  expect(emulator.restores).toHaveLength(1);
  expect((await first.poll()).warnings).toEqual([]);
  expect((await second.poll()).warnings).toMatchObject([{ code: 'existing-task' }]);
});

describe('by what the portal told before the start', () => {
  const codesOf = async (before: () => Response, started: Record<string, unknown>) => {
    const { docspace } = scriptedPortal(({ call }, count) => {
      if (call === 'startrestore') return envelope(record(started));
      return count === 1 ? before() : envelope(record());
    });
    const operation = await docspace.portal.restore({ backupId: BACKUP });
    return (await operation.poll()).warnings.map(({ code }) => code);
  };
  const failing = () => new Response(null, { status: 502 });

  it.each([
    ['the same, running', () => envelope(record()), { progress: 12 }, ['existing-task']],
    ['the same in other letters', () => envelope(record({ taskId: TASK.toUpperCase() })), {}, ['existing-task']],
    ['the same, ended', () => envelope(done()), { progress: 0 }, []],
    ['another', () => envelope(record({ taskId: OTHER_TASK })), { progress: 0 }, []],
    ['none', () => envelope(), { progress: 3 }, []],
    ['nothing readable, and it is at 12 %', failing, { progress: 12 }, ['maybe-existing-task']],
    ['nothing readable, and it is at 0 %', failing, { progress: 0 }, []],
    ['nothing readable, and it has ended', failing, { progress: 100, isCompleted: true }, []],
  ])('%s', async (_, before, started, codes) => {
    expect(await codesOf(before, started)).toEqual(codes);
  });
});

it('a restore of its own keeps the time of its backup', async () => {
  const { docspace } = portalWith('success');
  const operation = await docspace.portal.restore({ backupId: BACKUP, backupCreatedAt: CREATED_ON });
  const { result, warnings } = await waitForCompletion(operation);
  expect(result.dataAsOf).toEqual(new Date(CREATED_ON));
  expect(warnings).toEqual([]);
});
