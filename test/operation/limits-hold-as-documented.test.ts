import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../../src/errors/index.ts';
import { CircuitBreaker } from '../../src/operation/circuit-breaker.ts';
import { adaptiveCadence, SharedPolling, waitForAll, waitForCompletion, watch } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { running, scriptedOperation, succeeded } from '../support/scripted-operation.ts';

/** How much of something goes on at once. */
function gauge(clock: ReturnType<typeof virtualClock>) {
  let now = 0;
  const seen = { most: 0 };
  const run = async <T>(answer: T): Promise<T> => {
    now += 1;
    seen.most = Math.max(seen.most, now);
    await clock.sleep(SECOND);
    now -= 1;
    return answer;
  };
  return { seen, run };
}

describe('at most 64 at once', () => {
  it('are the polls of waitForAll', async () => {
    const clock = virtualClock();
    const { seen, run } = gauge(clock);
    const operations = Array.from(
      { length: 200 },
      (_, id) =>
        scriptedOperation(() => run(succeeded), { id: `${id}`, startedAt: new Date(clock.now()), clock }).operation,
    );
    await waitForAll(operations);
    expect(seen.most).toBe(64);
  });

  it('are the requests of a client', async () => {
    const clock = virtualClock();
    const { seen, run } = gauge(clock);
    const { read } = clientOf({
      clock,
      fetch: () => run('').then(() => Response.json({ guid: 'job-1', state: 'COMPLETE' })),
    });
    await Promise.all(Array.from({ length: 200 }, () => read()));
    expect(seen.most).toBe(64);
  });
});

describe('a server that is lost', () => {
  it.each([[30 * SECOND], [MINUTE], [HOUR]])(
    'is probed every 15 s where a waiter would poll after %i ms',
    async (pauseMs) => {
      const clock = virtualClock();
      const shared = new SharedPolling();
      const polls: { readonly id: string; readonly at: number }[] = [];
      const startedAt = new Date(clock.now());
      const make = (id: string, cadenceMs: number) =>
        scriptedOperation(
          () => {
            const at = clock.now() - startedAt.getTime();
            polls.push({ id, at });
            if (at >= 10 * MINUTE && at < 20 * MINUTE) throw new ConnectionError('reset', { sent: 'unknown' });
            return at > 2 * HOUR ? succeeded : running;
          },
          { id, startedAt, clock, shared, cadence: () => cadenceMs },
        ).operation;
      const slow = Array.from({ length: 10 }, (_, index) => make(`slow-${index}`, pauseMs));
      await Promise.all([...slow, make('fast', SECOND)].map((each) => waitForCompletion(each)));
      const during = polls.filter(({ at }) => at >= 11 * MINUTE && at < 19 * MINUTE).map(({ at }) => at);
      expect(during.length).toBeGreaterThan(8 * 4 - 3);
      const gaps = during.slice(1).map((at, index) => at - (during[index] ?? 0));
      expect(Math.max(...gaps)).toBeLessThanOrEqual(15 * SECOND);
    },
  );

  it('is probed after 15 s at the latest, by whoever asks then', () => {
    const loop = { resumeAt: () => undefined, failWith: () => undefined, recheck: () => undefined };
    const breaker = new CircuitBreaker();
    breaker.failed(loop, 0, new ConnectionError('reset', { sent: 'unknown' }), HOUR);
    expect(breaker.admit(loop, 15 * SECOND - 1, false)).toBe(15 * SECOND);
    expect(breaker.admit(loop, 15 * SECOND, false)).toBe('go');
  });
});

describe('the cadence', () => {
  const history = { startedAt: 0, now: HOUR, polls: 9, failures: 0, moved: true, random: 0.5 };

  it('aims no closer than its floor: a share of the time since the percentage moved, and of the whole', () => {
    const cadence = adaptiveCadence({ minMs: 1 });
    const at99 = {
      ...history,
      percent: 99.99,
      samples: [
        { at: HOUR / 2, percent: 50 },
        { at: HOUR, percent: 99.99 },
      ],
    };
    expect(cadence(at99)).toBeCloseTo(0.0015 * HOUR, 3);
    const stuck = {
      ...at99,
      moved: false,
      samples: [
        { at: HOUR / 2, percent: 50 },
        { at: HOUR - 10 * MINUTE, percent: 99.99 },
      ],
    };
    expect(cadence(stuck)).toBeCloseTo(0.075 * 10 * MINUTE, 3);
  });

  it.each([2_000, 500])('never comes below its minimum of %i ms', (minMs) => {
    const soon = {
      ...history,
      now: 10,
      percent: 50,
      samples: [
        { at: 0, percent: 1 },
        { at: 10, percent: 50 },
      ],
    };
    expect(adaptiveCadence({ minMs })(soon)).toBe(minMs);
    expect(adaptiveCadence({ minMs })({ ...soon, percent: undefined })).toBe(minMs);
  });

  it('of 0 ms is one of a millisecond', async () => {
    const { operation, pollsAt } = scriptedOperation(({ number }) => (number > 5 ? succeeded : running));
    await waitForCompletion(operation, { cadence: () => 0 });
    expect(pollsAt).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

it('watching merges percentages for a slow consumer, and no state: each turn of the view is told', async () => {
  const turns = [running, 'lost', running, 'lost', running, 'lost', running, succeeded] as const;
  const { clock, operation } = scriptedOperation(({ number }) => {
    // Three polls for each turn, with percentages that move.
    const turn = turns[Math.min(Math.floor((number - 1) / 3), turns.length - 1)] ?? succeeded;
    if (turn === 'lost') throw new Error('lost');
    return turn.state === 'running' ? { ...turn, percent: number } : turn;
  });
  const seen: string[] = [];
  const percents: unknown[] = [];
  for await (const update of watch(operation, { cadence: () => SECOND })) {
    seen.push(update.state);
    percents.push(update.percent);
    if (seen.length === 1) await clock.sleep(HOUR);
  }
  const told = seen.filter((state, index) => state !== seen[index - 1]);
  expect(told).toEqual([
    'running',
    'unreachable',
    'running',
    'unreachable',
    'running',
    'unreachable',
    'running',
    'succeeded',
  ]);
  expect(percents.filter((percent) => percent !== undefined).length).toBeLessThanOrEqual(5);
});
