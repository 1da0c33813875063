import { describe, expect, it } from 'vitest';
import { docspaceBackups } from '../../../src/testing/docspace/archives.ts';
import { portal } from './support.ts';

const backupId = docspaceBackups.good.id;

describe('the lock', () => {
  it('is there from 0 % on up to 3.6', async () => {
    const { clock, start, progress, history, anonymous } = portal('server-3-6-locks-before-the-download');
    await start({ backupId });
    clock.jump(2_000);
    expect((await progress()).progress).toBe(0);
    expect((await history()).status).toBe(403);
    expect((await anonymous('settings')).body.response.tenantStatus).toBe(4);
  });

  it('waits for the download since 3.7', async () => {
    const { clock, start, progress, history } = portal({ durationMs: 600_000 });
    await start({ backupId });
    clock.jump(2_000);
    expect((await progress()).progress).toBe(0);
    expect((await history()).status).toBe(200);
    clock.jump(60_000);
    expect((await history()).status).toBe(403);
  });
});

it.each([
  ['restore-is-hidden-on-3-6', 402],
  ['restore-is-hidden', 403],
] as const)('%s: the start is %s', async (scenario, status) => {
  const { emulator, start } = portal(scenario);
  expect((await start({ backupId })).status).toBe(status);
  expect(emulator.restores).toEqual([]);
});

it.each([
  ['3.7', true],
  ['3.8', false],
] as const)('%s clears a stale cookie on the progress call: %s', async (server, isCleared) => {
  const { anonymous } = portal({ server });
  const told = await anonymous('backup/getrestoreprogress', { cookie: 'asc_auth_key=stale' });
  expect(told.status).toBe(200);
  expect(told.headers.get('set-cookie') !== null).toBe(isCleared);
});

describe('a `status` that lags', () => {
  it('stands below 100 % for one poll, and then tells the cancellation', async () => {
    const { clock, start, progress } = portal('canceled-while-status-lags');
    await start({ backupId });
    clock.jump(60_000);
    expect(await progress()).toMatchObject({ isCompleted: true, progress: 42, error: '', status: 1 });
    expect(await progress()).toMatchObject({ isCompleted: true, progress: 42, error: '', status: 3 });
  });

  it('stands below 100 % for one poll, and then tells the success', async () => {
    const { clock, start, progress } = portal('completed-at-75-percent-while-status-lags');
    await start({ backupId });
    clock.jump(60_000);
    expect(await progress()).toMatchObject({ isCompleted: true, progress: 75, error: '', status: 0 });
    expect(await progress()).toMatchObject({ isCompleted: true, progress: 100, error: '', status: 2 });
  });
});

it('a start that a proxy gave up is carried out 75 s later', async () => {
  const { clock, emulator, start, progress } = portal('start-commits-late');
  await expect(start({ backupId })).rejects.toThrow(SyntaxError);
  expect(emulator.requests.at(-1)?.operationId).toBe('startBackupRestore');
  await clock.sleep(74_000);
  expect(await progress()).toBeUndefined();
  await clock.sleep(2_000);
  expect(await progress()).toMatchObject({ isCompleted: false, taskId: emulator.restores[0]?.id });
});
