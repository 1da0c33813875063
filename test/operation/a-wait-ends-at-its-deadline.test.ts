import { describe, expect, it } from 'vitest';
import { OutcomeUnknownError, WaitTimeoutError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, silence, succeeded } from '../support/scripted-operation.ts';

describe('the deadline holds', () => {
  it.each([100, SECOND, MINUTE, HOUR])('ends a wait of %i ms at its deadline, as unknown', async (timeoutMs) => {
    const { clock, operation, pollsAt } = scriptedOperation(() => running);
    const begun = clock.now();
    const error = await rejection(waitForCompletion(operation, { timeoutMs }));
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({
      handle: operation.toJSON(),
      lastSeen: { state: 'running' },
      observed: { running: pollsAt.length },
    });
    expect(clock.now() - begun).toBe(timeoutMs);
  });

  it('takes its last poll shortly before the deadline: 5 s or 5 %, the smaller', async () => {
    for (const [timeoutMs, leadMs] of [
      [HOUR, 5 * SECOND],
      [MINUTE, 3 * SECOND],
    ] as const) {
      const { operation, pollsAt } = scriptedOperation(() => running);
      await rejection(waitForCompletion(operation, { timeoutMs }));
      expect(pollsAt.at(-1)).toBe(timeoutMs - leadMs);
    }
  });

  it('believes what the last poll says', async () => {
    const { operation } = scriptedOperation(({ elapsedMs }) => (elapsedMs >= HOUR - 5 * SECOND ? succeeded : running));
    expect(await waitForCompletion(operation, { timeoutMs: HOUR })).toMatchObject({ state: 'succeeded' });
  });

  it('does not let a poll that hangs outlive it', async () => {
    const { clock, operation } = scriptedOperation(silence);
    const begun = clock.now();
    const error = await rejection(waitForCompletion(operation, { timeoutMs: MINUTE }));
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(clock.now() - begun).toBe(MINUTE);
    expect(clock.sleepers).toBe(0);
  });

  it('aborts the poll in flight when it ends', async () => {
    let seen: AbortSignal | undefined;
    const { operation } = scriptedOperation(({ signal }) => {
      seen = signal;
      return silence();
    });
    await rejection(waitForCompletion(operation, { timeoutMs: SECOND }));
    expect(seen?.aborted).toBe(true);
  });

  it('counts from the call of the wait, not from the start of the operation', async () => {
    const clock = virtualClock();
    const { operation } = scriptedOperation(() => running, { clock, startedAt: new Date(clock.now() - 10 * HOUR) });
    const begun = clock.now();
    await rejection(waitForCompletion(operation, { timeoutMs: MINUTE }));
    expect(clock.now() - begun).toBe(MINUTE);
  });

  it('survives a Retry-After far beyond the deadline and beyond the timer range', async () => {
    const { clock, operation, pollsAt } = scriptedOperation(() => ({ state: 'running', pollAfterMs: 2 ** 40 }));
    const begun = clock.now();
    await rejection(waitForCompletion(operation, { timeoutMs: HOUR }));
    expect(clock.now() - begun).toBe(HOUR);
    expect(pollsAt.length).toBeLessThan(10);
  });

  it('polls once more after the machine was suspended beyond it', async () => {
    const base = virtualClock();
    let isSuspended = false;
    const clock = {
      ...base,
      sleep: async (ms: number, signal?: AbortSignal) => {
        await base.sleep(ms, signal);
        if (!isSuspended && base.now() > Date.UTC(2026, 0, 1) + 5 * MINUTE) {
          isSuspended = true;
          base.jump(3 * HOUR);
        }
      },
    };
    const { operation } = scriptedOperation(({ elapsedMs }) => (elapsedMs > 2 * HOUR ? succeeded : running), { clock });
    expect(await waitForCompletion(operation, { timeoutMs: HOUR })).toMatchObject({ state: 'succeeded' });
  });

  it('ends shortly after a suspension when that poll hangs', async () => {
    const base = virtualClock();
    let isSuspended = false;
    const clock = {
      ...base,
      sleep: async (ms: number, signal?: AbortSignal) => {
        await base.sleep(ms, signal);
        if (!isSuspended && base.now() > Date.UTC(2026, 0, 1) + 5 * MINUTE) {
          isSuspended = true;
          base.jump(3 * HOUR);
        }
      },
    };
    const begun = base.now();
    const { operation } = scriptedOperation(({ elapsedMs }) => (elapsedMs > 2 * HOUR ? silence() : running), { clock });
    expect(await rejection(waitForCompletion(operation, { timeoutMs: HOUR }))).toBeInstanceOf(WaitTimeoutError);
    expect(base.now() - begun).toBeLessThan(3 * HOUR + 10 * MINUTE);
  });

  it.each([0, -1, Number.NaN, '5' as never])('refuses timeoutMs %s before anything is sent', async (timeoutMs) => {
    const { operation, pollsAt } = scriptedOperation(() => running);
    const error = await rejection(waitForCompletion(operation, { timeoutMs }));
    expect(error).toMatchObject({ code: 'configuration', field: 'timeoutMs' });
    expect(pollsAt).toHaveLength(0);
  });
});
