import { expect, it } from 'vitest';
import { docspaceBackups } from '../../../src/testing/docspace/archives.ts';
import { portal } from './support.ts';

const HOUR = 3_600_000;
const backupId = docspaceBackups.good.id;

it('a finished record answers for 24 h after the end', async () => {
  const { clock, start, progress } = portal();
  await start({ backupId });
  clock.jump(60_000 + 24 * HOUR - 1);
  expect((await progress()).isCompleted).toBe(true);
  clock.jump(1);
  expect(await progress()).toBeUndefined();
});

it('a job that writes now and then keeps its record for longer than a day', async () => {
  const { clock, start, progress } = portal({ durationMs: 100 * HOUR });
  await start({ backupId });
  for (let hour = 0; hour < 70; hour += 5) {
    clock.jump(5 * HOUR);
    expect((await progress())?.isCompleted).toBe(false);
  }
});

it('a job that writes nothing for a day loses its record, and gets it back with the next write', async () => {
  const { clock, start, progress } = portal('record-expires-during-a-long-download');
  await start({ backupId });
  clock.jump(23 * HOUR);
  expect((await progress()).progress).toBe(0);
  clock.jump(2 * HOUR);
  expect(await progress()).toBeUndefined();
  clock.jump(6 * HOUR);
  expect((await progress()).progress).toBe(10);
});
