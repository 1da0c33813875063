import { adaptiveCadence, waitForAll, waitForCompletion } from 'restorekit';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedOperation, takes } from '../support/scripted-operation.ts';
import { doneAfter, gaps, job, restoring } from './foundation.ts';

describe('between polls', () => {
  it('the delay is not fixed for ever: four hours are a few hundred polls (core-lro: 7,200; B20)', async () => {
    const { operation, pollsAt } = await restoring(doneAfter(4 * HOUR));
    await waitForCompletion(operation);
    expect(pollsAt.length).toBeLessThan(300);
  });

  it('the delay never leaps to two minutes (util-waiter; B13)', async () => {
    const { operation, pollsAt } = await restoring(doneAfter(4 * HOUR));
    await waitForCompletion(operation);
    expect(Math.max(...gaps(pollsAt))).toBeLessThanOrEqual(66 * SECOND);
  });

  it('jitter does not end at the longest delay (util-waiter)', () => {
    const history = {
      startedAt: 0,
      now: 4 * HOUR,
      polls: 9,
      failures: 0,
      percent: undefined,
      samples: [],
      moved: false,
    };
    const delays = [0, 0.5, 0.99].map((random) => adaptiveCadence()({ ...history, random }));
    expect(new Set(delays).size).toBe(3);
  });

  it('a shortest delay below a second is taken (util-waiter; B16)', async () => {
    const { operation, pollsAt } = scriptedOperation(takes(4 * SECOND));
    await waitForCompletion(operation, { cadence: adaptiveCadence({ minMs: 500 }) });
    expect(pollsAt.length).toBeGreaterThanOrEqual(8);
  });

  it.each<[string, () => Response]>([
    ['a 503', () => Response.json({}, { status: 503 })],
    ['a page', () => new Response('<html>')],
    ['a word that is not known', () => job('UNSUCCEEDED')],
    [
      'a connection that is cut',
      () => {
        throw new TypeError('fetch failed');
      },
    ],
  ])(
    'there is a pause after %s, too (replicate: 6 requests in 11 ms; openai: a loop without sleep)',
    async (_, answer) => {
      const { operation, pollsAt } = await restoring(answer);
      await waitForCompletion(operation, { timeoutMs: 10 * MINUTE }).catch(() => undefined);
      expect(pollsAt.length).toBeGreaterThan(5);
      expect(Math.min(...gaps(pollsAt))).toBeGreaterThanOrEqual(1.8 * SECOND);
    },
  );

  it('many waits in one process share one cap (no peer has one)', async () => {
    const clock = scriptedOperation(() => ({ state: 'running' })).clock;
    let inFlight = 0;
    let most = 0;
    const { client } = await restoring(
      async ({ elapsedMs, guid }) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await clock.sleep(SECOND);
        inFlight -= 1;
        return job(elapsedMs > MINUTE ? 'COMPLETE' : 'PROCESSING', {}, { guid });
      },
      { clock, maxInFlight: 8 },
    );
    const operations = Array.from({ length: 100 }, (_, index) => client.attach({ id: `job-${index}` }));
    const ends = await waitForAll(operations);
    expect(ends.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(most).toBe(8);
  });
});

describe('Retry-After', () => {
  it.each(['3000000', '99999999999999999999', String(2 ** 31)])(
    'of %s s, beyond the range of a timer, is no hot loop (core-lro: 348 polls in 0.5 s; B1)',
    async (seconds) => {
      const { operation, pollsAt } = await restoring(() => job('PROCESSING', { 'retry-after': seconds }));
      await rejection(waitForCompletion(operation, { timeoutMs: HOUR }));
      expect(pollsAt.length).toBeLessThan(12);
      expect(pollsAt.length).toBeGreaterThan(4);
    },
  );

  it('of one answer does not stick to the next (core-lro)', async () => {
    const { operation, pollsAt } = await restoring(({ number, elapsedMs }) =>
      job(elapsedMs > 10 * MINUTE ? 'COMPLETE' : 'PROCESSING', number === 1 ? { 'retry-after': '300' } : {}),
    );
    await waitForCompletion(operation);
    expect(gaps(pollsAt)[0]).toBe(300 * SECOND);
    expect(gaps(pollsAt)[1]).toBeLessThan(MINUTE);
  });

  it('of the first answer, the 202, holds back the first poll (core-lro; B8)', async () => {
    const { operation, pollsAt } = await restoring(doneAfter(MINUTE), { start: { 'retry-after': '45' } });
    await waitForCompletion(operation);
    expect(pollsAt[0]).toBe(45 * SECOND);
  });

  it.each<[string, number]>([
    ['7.5', 7.5 * SECOND],
    ['5 minutes', 2 * SECOND],
    ['1e3', 2 * SECOND],
    ['-1', 2 * SECOND],
    ['soon', 2 * SECOND],
    [' ', 2 * SECOND],
  ])('of %j is read whole or not at all (core-lro: parseInt)', async (value, expected) => {
    const { operation, pollsAt } = await restoring(doneAfter(8 * SECOND, { 'retry-after': value }));
    await waitForCompletion(operation);
    expect(gaps(pollsAt)[0]).toBe(expected);
  });

  it.each([2, -2])(
    'as a date counts from the answer’s Date where the clocks differ by %i h (core-lro)',
    async (hours) => {
      const { operation, pollsAt, clock } = await restoring(({ elapsedMs }) => {
        const serverNow = clock.now() + hours * HOUR;
        const date = (at: number) => new Date(at).toUTCString();
        const headers = { date: date(serverNow), 'retry-after': date(serverNow + 90 * SECOND) };
        return job(elapsedMs > 5 * MINUTE ? 'COMPLETE' : 'PROCESSING', headers);
      });
      await waitForCompletion(operation);
      expect(gaps(pollsAt).length).toBeGreaterThan(2);
      for (const gap of gaps(pollsAt)) expect(Math.abs(gap - 90 * SECOND)).toBeLessThanOrEqual(SECOND);
    },
  );

  it('that is wrong is bounded, and who waits can overrule it (.NET: no way to override it; B9)', async () => {
    const wrong = { 'retry-after': '86400' };
    const { operation, pollsAt } = await restoring(doneAfter(30 * MINUTE, wrong));
    await waitForCompletion(operation);
    expect(Math.max(...gaps(pollsAt))).toBe(10 * MINUTE);
    const overruled = await restoring(doneAfter(30 * MINUTE, wrong));
    await waitForCompletion(overruled.operation, { maxRetryAfterMs: 0 });
    expect(Math.max(...gaps(overruled.pollsAt))).toBeLessThanOrEqual(66 * SECOND);
    const longer = await restoring(doneAfter(HOUR, wrong));
    await waitForCompletion(longer.operation, { maxRetryAfterMs: 20 * MINUTE });
    expect(Math.max(...gaps(longer.pollsAt))).toBe(20 * MINUTE);
  });
});
