import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adaptiveCadence, type PollHistory, waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { running, scriptedOperation, succeeded, takes } from '../support/scripted-operation.ts';

const history = (more: Partial<PollHistory>): PollHistory => ({
  startedAt: 0,
  now: 0,
  polls: 1,
  failures: 0,
  percent: undefined,
  samples: [],
  moved: false,
  random: 0.5,
  ...more,
});

describe('the default cadence', () => {
  const cadence = adaptiveCadence();

  it.each([
    [0, 2 * SECOND],
    [20 * SECOND, 2 * SECOND],
    [MINUTE, 6 * SECOND],
    [10 * MINUTE, 60 * SECOND],
    [4 * HOUR, 60 * SECOND],
  ])('after %i ms waits a tenth of that, within 2 s and 60 s', (now, delay) => {
    expect(cadence(history({ now }))).toBe(delay);
  });

  it('spreads by ten percent either way', () => {
    expect(cadence(history({ now: MINUTE, random: 0 }))).toBeCloseTo(5.4 * SECOND);
    expect(cadence(history({ now: MINUTE, random: 0.999_999 }))).toBeCloseTo(6.6 * SECOND, -2);
  });

  it('aims at the end where the percentage moves', () => {
    const samples = [
      { at: 20 * MINUTE, percent: 50 },
      { at: 39 * MINUTE, percent: 97.5 },
    ];
    const near = cadence(history({ now: 39 * MINUTE, percent: 97.5, samples, moved: true }));
    expect(near).toBeLessThan(40 * SECOND);
    expect(near).toBeGreaterThan(15 * SECOND);
  });

  it('is never longer than without a percentage, whatever the percentage does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 * HOUR }),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 100, noNaN: true })), {
          maxLength: 10,
        }),
        fc.double({ min: -10, max: 200, noNaN: true }),
        fc.boolean(),
        (now, points, percent, moved) => {
          const samples = points.map(([share, p]) => ({ at: share * now, percent: p })).sort((a, b) => a.at - b.at);
          const plain = cadence(history({ now }));
          const aimed = cadence(history({ now, percent, samples, moved }));
          expect(aimed).toBeGreaterThanOrEqual(2 * SECOND);
          expect(aimed).toBeLessThanOrEqual(plain);
        },
      ),
    );
  });
});

describe('a wait', () => {
  it('goes by the time since the operation began, so a resumed one does not start over', async () => {
    const clock = virtualClock();
    const { operation, pollsAt } = scriptedOperation(takes(6 * HOUR), {
      clock,
      startedAt: new Date(clock.now() - 5 * HOUR),
    });
    await waitForCompletion(operation);
    expect(pollsAt[0]).toBe(5 * HOUR);
    expect(pollsAt.length).toBeLessThan(65);
  });

  it('gives a new operation a moment before the first poll', async () => {
    const { operation, pollsAt } = scriptedOperation(takes(MINUTE));
    await waitForCompletion(operation);
    expect(pollsAt[0]).toBe(2 * SECOND);
  });

  it('honours the Retry-After of the start', async () => {
    const { operation, pollsAt } = scriptedOperation(takes(MINUTE), { pollAfterMs: 45 * SECOND });
    await waitForCompletion(operation);
    expect(pollsAt[0]).toBe(45 * SECOND);
  });

  it('takes a function instead, and tells it the history', async () => {
    const seen: PollHistory[] = [];
    const { operation, pollsAt } = scriptedOperation(({ number }) =>
      number > 4 ? succeeded : { state: 'running', percent: number * 10 },
    );
    await waitForCompletion(operation, {
      cadence: (past) => {
        seen.push(past);
        return 7 * SECOND;
      },
    });
    expect(pollsAt).toEqual([7, 14, 21, 28, 35].map((s) => s * SECOND));
    expect(seen.at(-1)).toMatchObject({ polls: 4, failures: 0, percent: 40 });
  });

  it.each([Number.NaN, 'soon' as never])('falls back where the function answers %s or throws', async (answer) => {
    for (const cadence of [
      () => answer,
      () => {
        throw new Error('bug');
      },
    ]) {
      const { operation, pollsAt } = scriptedOperation(takes(10 * MINUTE));
      await waitForCompletion(operation, { cadence });
      expect(pollsAt.length).toBeGreaterThan(10);
      expect(pollsAt.length).toBeLessThan(100);
    }
  });

  it('sends about 75 requests for a restore of 43 minutes', async () => {
    const { operation, pollsAt } = scriptedOperation(takes(43 * MINUTE));
    await waitForCompletion(operation);
    expect(pollsAt.length).toBeGreaterThan(50);
    expect(pollsAt.length).toBeLessThan(90);
  });

  it('keeps its memory of a week small', async () => {
    let samples = 0;
    const { operation } = scriptedOperation(({ elapsedMs }) =>
      elapsedMs > 24 * 7 * HOUR ? succeeded : { ...running, percent: (elapsedMs / HOUR) % 100 },
    );
    await waitForCompletion(operation, {
      timeoutMs: 24 * 8 * HOUR,
      cadence: (past) => {
        samples = Math.max(samples, past.samples.length);
        return 10 * MINUTE;
      },
    });
    expect(samples).toBeLessThanOrEqual(64);
  });
});
