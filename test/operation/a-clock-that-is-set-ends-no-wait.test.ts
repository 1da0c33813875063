import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../../src/errors/index.ts';
import { SharedPolling, waitForAll, waitForCompletion } from '../../src/operation/index.ts';
import { type VirtualClock, virtualClock } from '../../src/testing/virtual-clock.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, succeeded } from '../support/scripted-operation.ts';

/** A clock that can be set, and what really passed. */
function settable(): { clock: VirtualClock; real: VirtualClock; set: (ms: number) => void } {
  const real = virtualClock();
  let offset = 0;
  const clock: VirtualClock = { ...real, now: () => real.now() + offset };
  return {
    clock,
    real,
    set: (ms) => {
      offset += ms;
    },
  };
}

describe('a clock that is set back by two hours while a wait sleeps', () => {
  it('holds no poll back', async () => {
    const { clock, real, set } = settable();
    const at: number[] = [];
    const { operation } = scriptedOperation(
      ({ number }) => {
        at.push(real.now());
        return number > 100 ? succeeded : running;
      },
      { clock },
    );
    const waiting = waitForCompletion(operation);
    await real.sleep(10 * MINUTE + SECOND);
    set(-2 * HOUR);
    await waiting;
    expect(Math.max(...at.map((moment, index) => moment - (at[index - 1] ?? moment)))).toBeLessThanOrEqual(MINUTE);
  });

  it('moves no deadline', async () => {
    const { clock, real, set } = settable();
    const { operation } = scriptedOperation(() => running, { clock });
    const begun = real.now();
    const waiting = rejection(waitForCompletion(operation, { timeoutMs: HOUR }));
    await real.sleep(10 * MINUTE + SECOND);
    set(-2 * HOUR);
    expect(await waiting).toMatchObject({ code: 'wait-timeout' });
    expect(real.now() - begun).toBe(HOUR);
  });

  it('lengthens no outage budget, and no pause of the circuit breaker', async () => {
    const { clock, real, set } = settable();
    const shared = new SharedPolling();
    const { operation, pollsAt } = scriptedOperation(
      () => {
        throw new ConnectionError('reset', { sent: 'unknown' });
      },
      { clock, shared },
    );
    const begun = real.now();
    const waiting = rejection(waitForCompletion(operation, { outageToleranceMs: HOUR }));
    await real.sleep(10 * MINUTE + SECOND);
    const polls = pollsAt.length;
    set(-2 * HOUR);
    expect(await waiting).toMatchObject({ code: 'outage' });
    expect(real.now() - begun).toBeLessThan(HOUR + MINUTE);
    expect(pollsAt.length - polls).toBeGreaterThan(40);
  });
});

describe('a machine that is suspended', () => {
  it.each([
    ['fails', () => Promise.reject(new ConnectionError('reset', { sent: 'unknown' }))],
    ['tells that it runs', () => Promise.resolve(running)],
  ])(
    'for hours while a poll is in flight that then %s takes one more before its deadline is declared',
    async (_, ending) => {
      const { clock, operation } = scriptedOperation(async ({ number }) => {
        if (number === 3) {
          await clock.sleep(SECOND);
          clock.jump(3 * HOUR);
          return ending();
        }
        await clock.sleep(SECOND);
        return number > 3 ? succeeded : running;
      });
      expect(await waitForCompletion(operation, { timeoutMs: HOUR })).toMatchObject({ state: 'succeeded' });
    },
  );

  it('for twenty seconds just before its last poll still lets that poll have its answer', async () => {
    const { clock, operation } = scriptedOperation(async ({ elapsedMs }) => {
      await clock.sleep(SECOND);
      return elapsedMs >= HOUR ? succeeded : running;
    });
    const waiting = waitForCompletion(operation, { timeoutMs: HOUR });
    await clock.sleep(HOUR - 6 * SECOND);
    clock.jump(20 * SECOND);
    expect(await waiting).toMatchObject({ state: 'succeeded' });
  });

  it('just when a poll is sent takes that poll again', async () => {
    const { clock, operation } = scriptedOperation(async ({ number }) => {
      if (number === 3) clock.jump(3 * HOUR);
      await clock.sleep(SECOND);
      return number > 3 ? succeeded : running;
    });
    expect(await waitForCompletion(operation, { timeoutMs: HOUR })).toMatchObject({ state: 'succeeded', polls: 4 });
  });

  it('during the very last poll takes that poll again', async () => {
    const { clock, operation } = scriptedOperation(async ({ elapsedMs }) => {
      if (elapsedMs === HOUR - 5 * SECOND) {
        await clock.sleep(SECOND);
        clock.jump(3 * HOUR);
        throw new ConnectionError('reset', { sent: 'unknown' });
      }
      await clock.sleep(SECOND);
      return elapsedMs > HOUR ? succeeded : running;
    });
    expect(await waitForCompletion(operation, { timeoutMs: HOUR })).toMatchObject({ state: 'succeeded' });
  });

  it('polls once at each of a hundred operations when it wakes, not once for every poll it missed', async () => {
    const clock = virtualClock();
    const startedAt = new Date(clock.now());
    const shared = new SharedPolling();
    let isOver = false;
    let polls = 0;
    const operations = Array.from(
      { length: 100 },
      (_, index) =>
        scriptedOperation(
          () => {
            polls += 1;
            return isOver ? succeeded : running;
          },
          { id: `op-${index}`, startedAt, clock, shared },
        ).operation,
    );
    const waiting = waitForAll(operations);
    await clock.sleep(HOUR);
    const before = polls;
    clock.jump(3 * HOUR);
    await clock.sleep(30 * SECOND);
    expect(polls - before).toBeLessThanOrEqual(100);
    await clock.sleep(MINUTE);
    expect(polls - before).toBeGreaterThanOrEqual(100);
    isOver = true;
    await waiting;
  });
});
