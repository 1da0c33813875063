import { useDurations } from 'restorekit/operation';
import { progressDisplay } from 'restorekit/terminal';
import { virtualClock } from 'restorekit/testing';
import { expect, it } from 'vitest';
import { operationOf, type Scene, succeeded } from './operation-of.ts';
import { screenStream } from './screen-stream.ts';

const MINUTE = 60_000;

async function linesOf(durationsMs: readonly number[], scenes: readonly Scene[]): Promise<string[]> {
  const clock = virtualClock();
  const stream = screenStream({ isTTY: false });
  const operation = operationOf(clock, [...scenes]);
  useDurations(operation, durationsMs);
  await progressDisplay({ stream, clock }).wait(operation, { label: 'orders' });
  return stream.written.split('\n').map((line) => line.trim().replace(/^.*?orders: /, ''));
}

const steps = [{ name: 'copy', state: 'running' }];

it.each([
  [[40, 44, 55].map((each) => each * MINUTE), 'step 1: copy (running), usually 40-55 min'],
  [[200, 220, 290].map((each) => each * MINUTE), 'step 1: copy (running), usually 3-5 h'],
  [[20_000, 25_000, 30_000], 'step 1: copy (running), usually 20-30 s'],
  [[40, 40, 40].map((each) => each * MINUTE), 'step 1: copy (running), usually about 40 min'],
])('is beside what the vendor says: %j', async (durations, expected) => {
  expect((await linesOf(durations, [{ state: 'running', steps }, succeeded]))[0]).toBe(expected);
});

it('is not shown where the vendor reports a percentage', async () => {
  const [first] = await linesOf([MINUTE, MINUTE, MINUTE], [{ state: 'running', percent: 3 }, succeeded]);
  expect(first).toBe('3 %');
});

it('is not shown after the end, nor where it is not known', async () => {
  const lines = await linesOf([MINUTE, MINUTE, MINUTE], [{ state: 'running' }, succeeded]);
  expect(lines).toEqual(['running, usually about 60 s', 'succeeded', '']);
  expect(await linesOf([], [{ state: 'running' }, succeeded])).toEqual(['running', 'succeeded', '']);
});
