import { describe, expect, it } from 'vitest';
import { ConnectionError, NotFoundError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { type Poll, running, scriptedOperation, succeeded } from '../support/scripted-operation.ts';

const missing = () => new NotFoundError('no such job', { status: 404 });
const GONE = { code: 'outage', reason: 'gone', handle: { id: 'op-1' } };
const CADENCES = [100, SECOND, 10 * SECOND, 59 * SECOND, MINUTE, 10 * MINUTE].map((ms) => ({ cadence: () => ms }));

/** A script that tells the operation as absent from the first moment to the second, and as running at other times. */
const absentFrom = (from: number, to = Number.POSITIVE_INFINITY) => {
  return ({ elapsedMs }: Poll) => {
    if (elapsedMs >= from && elapsedMs < to) throw missing();
    return elapsedMs >= 3 * HOUR ? succeeded : running;
  };
};

describe('an operation that the vendor does not know', () => {
  it.each([{}, ...CADENCES.slice(0, 4)])('right after its start is waited for (%j)', async (options) => {
    const { operation } = scriptedOperation(absentFrom(0, 59 * SECOND));
    expect(await waitForCompletion(operation, options)).toMatchObject({ state: 'succeeded' });
  });

  it('is gone a minute after its start, with a few polls in that minute', async () => {
    const { clock, operation, pollsAt } = scriptedOperation(absentFrom(0));
    const begun = clock.now();
    expect(await rejection(waitForCompletion(operation))).toMatchObject(GONE);
    expect(clock.now() - begun).toBe(MINUTE);
    expect(pollsAt.length).toBeGreaterThanOrEqual(5);
    expect(pollsAt.length).toBeLessThanOrEqual(10);
  });

  it('is gone a minute after the resume, however old it is', async () => {
    const clock = virtualClock();
    const startedAt = new Date(clock.now() - 5 * HOUR);
    const { operation, pollsAt } = scriptedOperation(absentFrom(0), { clock, startedAt });
    expect(await rejection(waitForCompletion(operation))).toMatchObject(GONE);
    expect(pollsAt[0]).toBe(5 * HOUR);
    expect(pollsAt.at(-1)).toBe(5 * HOUR + MINUTE);
  });

  it('is gone at once where it was resumed long ago and was never seen, after one more poll', async () => {
    const { clock, operation, pollsAt } = scriptedOperation(absentFrom(0));
    await clock.sleep(HOUR);
    expect(await rejection(waitForCompletion(operation))).toMatchObject(GONE);
    expect(pollsAt).toEqual([HOUR, HOUR + 5 * SECOND]);
  });

  it.each([SECOND, 10 * SECOND, 25 * SECOND])(
    'is gone a minute after the last good poll, with polls every %i ms',
    async (pauseMs) => {
      const { operation, pollsAt } = scriptedOperation(absentFrom(HOUR));
      const error = await rejection(waitForCompletion(operation, { cadence: () => pauseMs }));
      expect(error).toMatchObject({ ...GONE, lastSeen: { state: 'running' } });
      const lastGood = pollsAt.filter((at) => at < HOUR).at(-1) ?? 0;
      expect(pollsAt.at(-1)).toBe(lastGood + MINUTE);
      expect(pollsAt.filter((at) => at > lastGood).length).toBeGreaterThanOrEqual(3);
    },
  );

  it('is asked about once more where polls come slower than once a minute', async () => {
    const { operation, pollsAt } = scriptedOperation(absentFrom(HOUR));
    expect(await rejection(waitForCompletion(operation, { cadence: () => 10 * MINUTE }))).toMatchObject(GONE);
    expect(pollsAt.slice(-2)).toEqual([HOUR, HOUR + 5 * SECOND]);
  });

  it.each([{}, ...CADENCES])('for one poll between good ones is not gone (%j)', async (options) => {
    let isAbsent = false;
    const { operation } = scriptedOperation(({ elapsedMs }) => {
      if (elapsedMs > 90 * MINUTE) return succeeded;
      isAbsent = !isAbsent;
      if (isAbsent) throw missing();
      return running;
    });
    expect(await waitForCompletion(operation, options)).toMatchObject({ state: 'succeeded' });
  });

  it('has to be told absent twice in a row: a lost connection in between proves nothing', async () => {
    const answers = [missing, () => new ConnectionError('reset', { sent: 'unknown' }), missing];
    const { operation } = scriptedOperation(({ elapsedMs }) => {
      const answer = elapsedMs < HOUR ? undefined : answers.shift();
      if (answer) throw answer();
      return elapsedMs < HOUR ? running : succeeded;
    });
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
  });

  it('counts the last good poll of an earlier wait and of poll()', async () => {
    const { clock, operation } = scriptedOperation(absentFrom(HOUR, HOUR + 50 * SECOND));
    const short = rejection(waitForCompletion(operation, { timeoutMs: HOUR - SECOND, cadence: () => SECOND }));
    await short;
    await clock.sleep(2 * SECOND);
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
  });

  it('is an outage meanwhile, which is reported', async () => {
    const states: string[] = [];
    const { operation } = scriptedOperation(absentFrom(0, 30 * SECOND));
    const done = await waitForCompletion(operation, { onProgress: ({ state }) => states.push(state) });
    expect(states.slice(0, 2)).toEqual(['unreachable', 'running']);
    expect(done.unreachableMs).toBeGreaterThan(20 * SECOND);
  });

  it.each(['5 h ahead', '5 h behind'])('whose start was told by a clock that is %s is treated alike', async (skew) => {
    const clock = virtualClock();
    const startedAt = new Date(clock.now() + (skew === '5 h ahead' ? 5 : -5) * HOUR);
    const begun = clock.now();
    const { operation } = scriptedOperation(absentFrom(-10 * HOUR), { clock, startedAt });
    expect(await rejection(waitForCompletion(operation))).toMatchObject(GONE);
    expect(clock.now() - begun).toBe(MINUTE);
  });
});
