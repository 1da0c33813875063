import { describe, expect, it } from 'vitest';
import { SharedPolling, waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, silence, succeeded, takes } from '../support/scripted-operation.ts';

describe('many waiters share one loop', () => {
  it('a hundred waiters cost no more polls than one', async () => {
    const alone = scriptedOperation(takes(HOUR));
    await waitForCompletion(alone.operation);
    const crowd = scriptedOperation(takes(HOUR));
    await Promise.all(Array.from({ length: 100 }, () => waitForCompletion(crowd.operation)));
    expect(crowd.pollsAt.length).toBeLessThanOrEqual(alone.pollsAt.length + 1);
  });

  it('also for two operations of one client with the same kind and id', async () => {
    const clock = virtualClock();
    const shared = new SharedPolling();
    let startedAt = new Date(clock.now());
    let polls = 0;
    const make = () =>
      scriptedOperation(
        () => {
          polls += 1;
          return clock.now() - startedAt.getTime() > HOUR ? succeeded : running;
        },
        { startedAt, clock, shared },
      ).operation;
    await waitForCompletion(make());
    const alone = polls;
    polls = 0;
    startedAt = new Date(clock.now());
    await Promise.all([waitForCompletion(make()), waitForCompletion(make())]);
    expect(polls).toBeLessThanOrEqual(alone);
    expect(shared.loops.size).toBe(0);
  });

  it('the fastest cadence wins, also when it joins later', async () => {
    const { clock, operation, pollsAt } = scriptedOperation(takes(HOUR));
    const slow = waitForCompletion(operation, { cadence: () => 10 * MINUTE });
    await clock.sleep(21 * MINUTE);
    const before = pollsAt.length;
    const fast = waitForCompletion(operation, { cadence: () => 30 * SECOND });
    await clock.sleep(5 * MINUTE);
    expect(pollsAt.length - before).toBeGreaterThanOrEqual(9);
    await Promise.all([slow, fast]);
  });

  it('each has its own deadline', async () => {
    const { operation } = scriptedOperation(takes(HOUR));
    const short = rejection(waitForCompletion(operation, { timeoutMs: MINUTE }));
    const long = waitForCompletion(operation, { timeoutMs: 2 * HOUR });
    expect(await short).toMatchObject({ code: 'wait-timeout' });
    expect(await long).toMatchObject({ state: 'succeeded' });
  });

  it('a waiter that joins while a poll hangs keeps its own deadline', async () => {
    const { clock, operation } = scriptedOperation(silence);
    const long = rejection(waitForCompletion(operation, { timeoutMs: 10 * HOUR }));
    await clock.sleep(MINUTE);
    const begun = clock.now();
    const short = rejection(waitForCompletion(operation, { timeoutMs: 10 * SECOND }));
    expect(await short).toMatchObject({ code: 'wait-timeout' });
    expect(clock.now() - begun).toBe(10 * SECOND);
    await long;
  });

  it('each has its own outage budget', async () => {
    const { operation } = scriptedOperation((poll) => {
      if (poll.elapsedMs > MINUTE && poll.elapsedMs < 30 * MINUTE) throw new Error('lost');
      return poll.elapsedMs > HOUR ? succeeded : running;
    });
    const strict = rejection(waitForCompletion(operation, { outageToleranceMs: 5 * MINUTE }));
    const patient = waitForCompletion(operation, { outageToleranceMs: HOUR });
    expect(await strict).toMatchObject({ code: 'outage' });
    expect(await patient).toMatchObject({ state: 'succeeded' });
  });

  it("one waiter's throwing handler does not disturb another", async () => {
    const { operation } = scriptedOperation(takes(HOUR));
    const seen: string[] = [];
    const [noisy, quiet] = await Promise.all([
      waitForCompletion(operation, {
        onProgress: () => {
          throw new Error('handler bug');
        },
      }),
      waitForCompletion(operation, { onProgress: ({ state }) => seen.push(state) }),
    ]);
    expect(noisy.state).toBe('succeeded');
    expect(quiet.state).toBe('succeeded');
    expect(seen.at(-1)).toBe('succeeded');
  });
});
