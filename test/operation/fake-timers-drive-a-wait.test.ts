import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineOperation, waitForCompletion } from '../../src/operation/index.ts';
import { HOUR, MINUTE, rejection, running, type Script, SECOND, silence, succeeded } from '../support/scripted.ts';

/** An operation on the clock of the system, as a test elsewhere has it. */
function real(script: Script) {
  const looksAt: number[] = [];
  const startedAt = new Date();
  const operation = defineOperation<string>({
    kind: 'made-up/restore',
    id: 'op-1',
    startedAt,
    poll: async ({ signal }) => {
      const elapsedMs = Date.now() - startedAt.getTime();
      looksAt.push(elapsedMs);
      return script({ number: looksAt.length, elapsedMs, signal });
    },
  });
  return { operation, looksAt };
}

describe.each([
  ['all timers and the date', {}],
  ['timers alone', { toFake: ['setTimeout', 'clearTimeout'] }],
] as [string, Parameters<typeof vi.useFakeTimers>[0]][])("with a test runner's fakes of %s", (_, faked) => {
  beforeEach(() => {
    vi.useFakeTimers(faked);
  });
  afterEach(() => {
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
    const { operation, looksAt } = real(() => ({ state: 'running', pollAfterMs: 3_000_000 * SECOND }));
    const waiting = rejection(waitForCompletion(operation, { timeoutMs: HOUR }));
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(await waiting).toMatchObject({ code: 'wait-timeout' });
    expect(looksAt.length).toBeLessThan(10);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([10 * SECOND, MINUTE])(
    'a look that hangs does not move a deadline of %i ms, and leaves no timer',
    async (timeoutMs) => {
      const ended = vi.fn();
      const waiting = rejection(waitForCompletion(real(silence).operation, { timeoutMs }));
      void waiting.then(ended);
      await vi.advanceTimersByTimeAsync(timeoutMs - 1);
      expect(ended).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
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

describe('the date of the system', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('that leaps an hour beyond the deadline brings one look, then the verdict', async () => {
    const { operation, looksAt } = real(() => running);
    const waiting = rejection(waitForCompletion(operation, { timeoutMs: 10 * MINUTE }));
    await vi.advanceTimersByTimeAsync(MINUTE);
    const looks = looksAt.length;
    vi.setSystemTime(Date.now() + HOUR);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(await waiting).toMatchObject({ code: 'wait-timeout' });
    expect(looksAt).toHaveLength(looks + 1);
  });

  it('that goes back an hour stops no wait', async () => {
    const { operation, looksAt } = real(() => running);
    const waiting = rejection(waitForCompletion(operation, { timeoutMs: 10 * MINUTE }));
    await vi.advanceTimersByTimeAsync(MINUTE);
    const looks = looksAt.length;
    vi.setSystemTime(Date.now() - HOUR);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(looksAt.length).toBeGreaterThan(looks);
    await vi.advanceTimersByTimeAsync(8 * MINUTE);
    expect(await waiting).toMatchObject({ code: 'wait-timeout' });
  });
});
