import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineOperation, systemClock, waitForCompletion } from '../../src/operation/index.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, type Script, silence, succeeded } from '../support/scripted-operation.ts';

/** An operation on the clock of the system, as a test elsewhere has it. */
function real(script: Script) {
  const pollsAt: number[] = [];
  const startedAt = new Date();
  const operation = defineOperation<string>({
    kind: 'made-up/restore',
    id: 'op-1',
    startedAt,
    poll: async ({ signal }) => {
      const elapsedMs = Date.now() - startedAt.getTime();
      pollsAt.push(elapsedMs);
      return script({ number: pollsAt.length, elapsedMs, signal });
    },
  });
  return { operation, pollsAt };
}

describe.each([
  ['all timers and the date', {}],
  ['timers alone', { toFake: ['setTimeout', 'clearTimeout'] }],
] as [string, Parameters<typeof vi.useFakeTimers>[0]][])("with a test runner's fakes of %s", (_, faked) => {
  beforeEach(() => {
    vi.useFakeTimers(faked);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('a wait goes to its end, and leaves no timer', async () => {
    const { operation } = real(({ number }) => (number > 20 ? succeeded : running));
    const waiting = waitForCompletion(operation);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(await waiting).toMatchObject({ state: 'succeeded', polls: 21 });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a Retry-After of 34 days is no hot loop, and the deadline holds', async () => {
    const { operation, pollsAt } = real(() => ({ state: 'running', pollAfterMs: 3_000_000 * SECOND }));
    const waiting = rejection(waitForCompletion(operation, { timeoutMs: HOUR }));
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(await waiting).toMatchObject({ code: 'wait-timeout' });
    expect(pollsAt.length).toBeLessThan(10);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([10 * SECOND, MINUTE])(
    'a poll that hangs does not move a deadline of %i ms, and leaves no timer',
    async (timeoutMs) => {
      const ended = vi.fn();
      const waiting = rejection(waitForCompletion(real(silence).operation, { timeoutMs }));
      void waiting.then(ended);
      // Where the date is real, so are the few milliseconds that the test takes.
      await vi.advanceTimersByTimeAsync(timeoutMs - SECOND);
      expect(ended).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(SECOND);
      expect(ended).toHaveBeenCalledOnce();
      expect(await waiting).toMatchObject({ code: 'wait-timeout' });
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it.each<[string, Script]>([
    ['asleep', () => running],
    ['in flight', silence],
  ])('an abort %s frees the timer at once, so that a process can end', async (_when, script) => {
    const control = new AbortController();
    const waiting = rejection(waitForCompletion(real(script).operation, { signal: control.signal }));
    await vi.advanceTimersByTimeAsync(10 * SECOND);
    control.abort('enough');
    expect(await waiting).toMatchObject({ code: 'wait-aborted', cause: 'enough' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('beyond the 24.8 days that a timer holds', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
  const timers = () => vi.spyOn(globalThis, 'setTimeout');

  it('a deadline holds without a hot loop, also while a poll hangs', async () => {
    const set = timers();
    const waiting = rejection(waitForCompletion(real(silence).operation, { timeoutMs: 40 * 24 * HOUR }));
    const begun = Date.now();
    void waiting.then(() => expect(Date.now() - begun).toBe(40 * 24 * HOUR));
    await vi.advanceTimersByTimeAsync(40 * 24 * HOUR);
    expect(await waiting).toMatchObject({ code: 'wait-timeout' });
    expect(set.mock.calls.length).toBeLessThan(10);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a cadence is kept without a hot loop', async () => {
    const set = timers();
    const { operation, pollsAt } = real(({ number }) => (number > 2 ? succeeded : running));
    const waiting = waitForCompletion(operation, { cadence: () => 30 * 24 * HOUR, timeoutMs: 365 * 24 * HOUR });
    await vi.advanceTimersByTimeAsync(91 * 24 * HOUR);
    await waiting;
    expect(pollsAt).toEqual([30, 60, 90].map((days) => days * 24 * HOUR));
    expect(set.mock.calls.length).toBeLessThan(20);
  });

  it('a sleep on the clock of the system lasts as long as it was told', async () => {
    const set = timers();
    const woken = vi.fn();
    void systemClock.sleep(60 * 24 * HOUR).then(woken);
    await vi.advanceTimersByTimeAsync(60 * 24 * HOUR - 1);
    expect(woken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(woken).toHaveBeenCalledOnce();
    expect(set).toHaveBeenCalledTimes(3);
  });
});

describe('the date of the system', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('that leaps an hour beyond the deadline brings one poll, then the verdict', async () => {
    const { operation, pollsAt } = real(() => running);
    const waiting = rejection(waitForCompletion(operation, { timeoutMs: 10 * MINUTE }));
    await vi.advanceTimersByTimeAsync(MINUTE);
    const polls = pollsAt.length;
    vi.setSystemTime(Date.now() + HOUR);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(await waiting).toMatchObject({ code: 'wait-timeout' });
    expect(pollsAt).toHaveLength(polls + 1);
  });

  it('that goes back an hour stops no wait', async () => {
    const { operation, pollsAt } = real(() => running);
    const waiting = rejection(waitForCompletion(operation, { timeoutMs: 10 * MINUTE }));
    await vi.advanceTimersByTimeAsync(MINUTE);
    const polls = pollsAt.length;
    vi.setSystemTime(Date.now() - HOUR);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(pollsAt.length).toBeGreaterThan(polls);
    await vi.advanceTimersByTimeAsync(8 * MINUTE);
    expect(await waiting).toMatchObject({ code: 'wait-timeout' });
  });
});
