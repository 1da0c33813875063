import { describe, expect, it } from 'vitest';
import {
  adaptiveCadence,
  historyCadence,
  type PollHistory,
  useDurations,
  usualDuration,
  waitForCompletion,
  watch,
} from '../../src/operation/index.ts';
import { running, scriptedOperation, takes } from '../support/scripted-operation.ts';

const MINUTE = 60_000;
const minutes = (...all: readonly number[]) => all.map((each) => each * MINUTE);

const at = (elapsedMs: number, more: Partial<PollHistory> = {}): PollHistory => ({
  startedAt: 0,
  now: elapsedMs,
  polls: 5,
  failures: 0,
  percent: undefined,
  samples: [],
  moved: false,
  random: 0.5,
  ...more,
});

describe('how long restores usually take', () => {
  it('is the span of the last ones', () => {
    expect(usualDuration(minutes(52, 40, 55, 47, 44))).toEqual({
      lowMs: 40 * MINUTE,
      highMs: 55 * MINUTE,
      restores: 5,
    });
  });

  it('is not known from fewer than three', () => {
    expect(usualDuration(minutes(40, 50))).toBeUndefined();
  });

  it('leaves out one that is far from all others, because its end was probably seen late', () => {
    expect(usualDuration(minutes(40, 44, 47, 300))).toEqual({ lowMs: 40 * MINUTE, highMs: 47 * MINUTE, restores: 3 });
    expect(usualDuration(minutes(1, 44, 47, 50))).toEqual({ lowMs: 44 * MINUTE, highMs: 50 * MINUTE, restores: 3 });
  });

  it('keeps durations that simply differ', () => {
    expect(usualDuration(minutes(10, 30, 60, 200))?.restores).toBe(4);
  });

  it('leaves out what is no duration', () => {
    expect(usualDuration([Number.NaN, 0, -5, Number.POSITIVE_INFINITY, ...minutes(4, 5)])).toBeUndefined();
  });
});

describe('a cadence with a history', () => {
  const plain = adaptiveCadence();
  const known = historyCadence(minutes(40, 44, 47, 50, 52));

  it('polls several times as often when the end is likely', () => {
    expect(plain(at(46 * MINUTE))).toBe(60_000);
    expect(known(at(46 * MINUTE))).toBeLessThan(25_000);
  });

  it('polls half as often in the first minutes', () => {
    expect(known(at(2 * MINUTE))).toBeGreaterThan(1.9 * plain(at(2 * MINUTE)));
  });

  it('wakes up for the window in which the end is likely', () => {
    // The window begins about 37 min after the start.
    const now = 36.7 * MINUTE;
    expect(plain(at(now))).toBe(60_000);
    expect(now + known(at(now))).toBeLessThan(37.3 * MINUTE);
  });

  it.each([10, 20, 30, 80, 200, 1_000])('pauses hardly longer than without one, %i min after the start', (elapsed) => {
    expect(known(at(elapsed * MINUTE))).toBeLessThanOrEqual(1.08 * plain(at(elapsed * MINUTE)));
  });

  it('leaves a percentage of the vendor alone', () => {
    const samples = [1, 2, 3].map((each) => ({ at: each * MINUTE, percent: each * 10 }));
    const history = at(3 * MINUTE, { percent: 30, samples, moved: true });
    expect(known(history)).toBe(plain(history));
  });

  it('leaves the pauses of an outage alone', () => {
    expect(known(at(46 * MINUTE, { failures: 2 }))).toBe(60_000);
  });

  it.each([
    ['two durations', minutes(40, 50)],
    ['durations that differ tenfold', minutes(5, 12, 50, 20, 60)],
  ])('is the plain one with %s', (_, durations) => {
    expect(historyCadence(durations, plain)).toBe(plain);
  });

  it('is never shorter than two seconds, nor a hot loop for durations of milliseconds', () => {
    expect(historyCadence([5, 6, 7])(at(5))).toBeGreaterThanOrEqual(1_800);
  });
});

describe('an operation with the durations of earlier ones', () => {
  it('is seen to end sooner, with fewer polls', async () => {
    const measured = async (durations: readonly number[]) => {
      const { operation } = scriptedOperation(takes(46 * MINUTE));
      useDurations(operation, durations);
      const { polls, elapsedMs } = await waitForCompletion(operation);
      return { polls, lateMs: elapsedMs - 46 * MINUTE };
    };
    const without = await measured([]);
    const within = await measured(minutes(40, 44, 47, 50, 52));
    expect(within.polls).toBeLessThan(without.polls);
    expect(within.lateMs).toBeLessThanOrEqual(25_000);
  });

  it('keeps the cadence that a wait asks for', async () => {
    const { operation } = scriptedOperation(takes(10 * MINUTE));
    useDurations(operation, minutes(9, 10, 11));
    const { polls } = await waitForCompletion(operation, { cadence: () => MINUTE });
    expect(polls).toBeLessThanOrEqual(11);
  });

  it('may be told again: the latest durations count', async () => {
    const { operation } = scriptedOperation(takes(46 * MINUTE));
    useDurations(operation, minutes(1, 1, 1));
    useDurations(operation, minutes(40, 44, 47, 50, 52));
    const updates = [];
    for await (const update of watch(operation)) updates.push(update);
    expect(updates[0]).toMatchObject({ state: 'running', usual: { lowMs: 40 * MINUTE, highMs: 52 * MINUTE } });
    expect(updates.at(-1)).not.toHaveProperty('usual');
  });

  it('says nothing where nothing is known', async () => {
    const { operation } = scriptedOperation([running, running, { state: 'succeeded', result: undefined }]);
    for await (const update of watch(operation)) expect(update).not.toHaveProperty('usual');
  });
});
