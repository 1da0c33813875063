import { beforeAll, describe, expect, it } from 'vitest';
import { ConnectionError, RateLimitError } from '../../src/errors/index.ts';
import { ConcurrencyLimit } from '../../src/operation/concurrency-limit.ts';
import { SharedPolling, waitForAll, waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, silence, succeeded } from '../support/scripted-operation.ts';

const WAITERS = 500;

/** Many operations of one client, begun at once, on a server that `answer` plays; keeps the moments of all polls. */
function fleet(answer: (elapsedMs: number, id: number) => typeof running | typeof succeeded, count = WAITERS) {
  let seed = 42;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const clock = { ...virtualClock(), random };
  const shared = new SharedPolling();
  const startedAt = new Date(clock.now());
  const pollsAt: { readonly at: number; readonly id: number }[] = [];
  const operations = Array.from(
    { length: count },
    (_, id) =>
      scriptedOperation(
        () => {
          const at = clock.now() - startedAt.getTime();
          pollsAt.push({ at, id });
          return answer(at, id);
        },
        { id: `op-${id}`, startedAt, clock, shared },
      ).operation,
  );
  const between = (from: number, to: number) => pollsAt.filter(({ at }) => at >= from && at < to);
  return { clock, operations, pollsAt, between };
}

const lost = () => new ConnectionError('reset', { sent: 'unknown' });

describe('one client, one back-off', () => {
  describe('while a server is lost for twenty minutes', () => {
    const { operations, between } = fleet((at) => {
      if (at >= 20 * MINUTE && at < 40 * MINUTE) throw lost();
      return at > HOUR ? succeeded : running;
    });
    let all: Awaited<ReturnType<typeof waitForAll<string>>> = [];
    beforeAll(async () => {
      all = await waitForAll(operations, { outageToleranceMs: HOUR });
    });

    it('probes it with one poll at a time, and tells every waiter', async () => {
      expect(all.every(({ status }) => status === 'fulfilled')).toBe(true);
      expect(between(21 * MINUTE, 40 * MINUTE).length).toBeLessThan(100);
      for (const settled of all) {
        if (settled.status !== 'fulfilled') continue;
        expect(settled.value.unreachableMs).toBeGreaterThan(18 * MINUTE);
        expect(settled.value.unreachableMs).toBeLessThan(22 * MINUTE);
      }
    });

    it('spreads the polls when it is back, and polls every operation within a minute', async () => {
      const perSecond = new Map<number, number>();
      const after = between(40 * MINUTE, 41 * MINUTE);
      for (const { at } of after)
        perSecond.set(Math.floor(at / SECOND), (perSecond.get(Math.floor(at / SECOND)) ?? 0) + 1);
      expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(60);
      expect(new Set(after.map(({ id }) => id)).size).toBe(WAITERS);
    });
  });

  it('sends nothing before the Retry-After of a 429 that any waiter got', async () => {
    let limitedAt: number | undefined;
    const { operations, pollsAt } = fleet((at) => {
      if (at > 10 * MINUTE && limitedAt === undefined) {
        limitedAt = at;
        throw new RateLimitError('slow down', { status: 429, retryAfterMs: 15 * MINUTE });
      }
      return at > HOUR ? succeeded : running;
    });
    await waitForAll(operations);
    const since = limitedAt ?? 0;
    expect(pollsAt.filter(({ at }) => at > since && at < since + 15 * MINUTE)).toHaveLength(0);
  });

  it('backs off further while a server goes on limiting without saying for how long', async () => {
    const { operations, between } = fleet((at) => {
      if (at > 10 * MINUTE && at < 30 * MINUTE) throw new RateLimitError('slow down', { status: 429 });
      return at > HOUR ? succeeded : running;
    });
    await waitForAll(operations);
    expect(between(11 * MINUTE, 30 * MINUTE).length).toBeLessThan(30);
  });

  it('lets the last poll of a wait and the poll that ends an outage budget through', async () => {
    const { clock, operations, pollsAt } = fleet((at) => {
      if (at >= MINUTE) throw lost();
      return running;
    }, 10);
    const begun = clock.now();
    const all = await waitForAll(operations, { outageToleranceMs: 5 * MINUTE });
    for (const settled of all) expect(settled).toMatchObject({ status: 'rejected', reason: { code: 'outage' } });
    expect(clock.now() - begun).toBeLessThan(8 * MINUTE);
    expect(pollsAt.filter(({ at }) => at > 5 * MINUTE).length).toBeGreaterThanOrEqual(1);
  });

  it('lets another wait probe when the one that probes leaves', async () => {
    let isDown = false;
    let isHanging = true;
    const clock = virtualClock();
    const shared = new SharedPolling();
    const startedAt = new Date(clock.now());
    const make = (id: string) =>
      scriptedOperation(
        () => {
          const elapsed = clock.now() - startedAt.getTime();
          if (elapsed > 5 * MINUTE && !isDown) {
            isDown = true;
            throw lost();
          }
          if (isDown && isHanging) return silence();
          return elapsed > 20 * MINUTE ? succeeded : running;
        },
        { id, startedAt, clock, shared },
      ).operation;
    const control = new AbortController();
    const control2 = new AbortController();
    const first = rejection(waitForCompletion(make('a'), { signal: control.signal, cadence: () => 10 * SECOND }));
    const second = rejection(waitForCompletion(make('b'), { signal: control2.signal, cadence: () => 11 * SECOND }));
    const third = waitForCompletion(make('c'), { cadence: () => 20 * SECOND });
    await clock.sleep(8 * MINUTE);
    isHanging = false;
    control.abort();
    control2.abort();
    await Promise.all([first, second]);
    expect(await third).toMatchObject({ state: 'succeeded' });
  });
});

describe('a concurrency limit', () => {
  it('holds at 64 polls in flight, first come first served', async () => {
    const clock = virtualClock();
    const limit = new ConcurrencyLimit(64);
    let inFlight = 0;
    let most = 0;
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        limit.run(async () => {
          inFlight += 1;
          most = Math.max(most, inFlight);
          order.push(index);
          await clock.sleep(100);
          inFlight -= 1;
        }),
      ),
    );
    expect(most).toBe(64);
    expect(order).toEqual(Array.from({ length: 500 }, (_, index) => index));
  });

  it('gives the place of a queued poll that is aborted to the next', async () => {
    const clock = virtualClock();
    const limit = new ConcurrencyLimit(1);
    const control = new AbortController();
    const first = limit.run(() => clock.sleep(SECOND));
    const second = rejection(limit.run(async () => 'never', control.signal));
    const third = limit.run(async () => 'third');
    control.abort(new Error('left'));
    expect(await second).toMatchObject({ message: 'left' });
    await first;
    expect(await third).toBe('third');
  });
});

describe('waitForAll', () => {
  it('settles all in order and never loses one', async () => {
    const { operations } = fleet((at, id) => {
      if (at < 5 * MINUTE) return running;
      if (id % 3 === 1) return { state: 'failed', failure: { message: `no ${id}`, details: id } } as never;
      return { state: 'succeeded', result: `done ${id}` } as never;
    }, 30);
    const all = await waitForAll(operations);
    expect(all).toHaveLength(30);
    all.forEach((settled, id) => {
      if (id % 3 === 1)
        expect(settled).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining(`no ${id}`) } });
      else expect(settled).toMatchObject({ status: 'fulfilled', value: { result: `done ${id}` } });
    });
  });

  it('keeps to its own concurrency over operations of different clients', async () => {
    const clock = virtualClock();
    let inFlight = 0;
    let most = 0;
    const operations = Array.from(
      { length: 40 },
      (_, id) =>
        scriptedOperation(
          async () => {
            inFlight += 1;
            most = Math.max(most, inFlight);
            await clock.sleep(50);
            inFlight -= 1;
            return succeeded;
          },
          { id: `op-${id}`, startedAt: new Date(clock.now()), clock },
        ).operation,
    );
    await waitForAll(operations, { concurrency: 7 });
    expect(most).toBe(7);
  });

  it.each([0, 1.5, Number.NaN])('refuses a concurrency of %s', async (concurrency) => {
    expect(await rejection(waitForAll([], { concurrency }))).toMatchObject({
      code: 'configuration',
      field: 'concurrency',
    });
  });

  it('refuses a wrong option of a wait at once, not once for each operation', async () => {
    const { operation, pollsAt } = scriptedOperation(() => running);
    expect(await rejection(waitForAll([operation], { timeoutMs: -1 }))).toMatchObject({ field: 'timeoutMs' });
    expect(pollsAt).toHaveLength(0);
  });

  it('resolves at once with nothing to wait for', async () => {
    expect(await waitForAll([])).toEqual([]);
  });
});
