import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock/system-clock.ts';
import { RateLimitError, WaitAbortedError } from '../../src/errors/index.ts';
import { SharedPolling, waitForCompletion } from '../../src/operation/index.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, type Script, scriptedOperation, succeeded } from '../support/scripted-operation.ts';

/** What `Number(header) * 1000` and worse make of a wrong `Retry-After`. */
const WRONG = [Number.NaN, 'soon' as never, -1, Number.NEGATIVE_INFINITY];
const ENDLESS = [3_000_000 * SECOND, 2 ** 53, Number.POSITIVE_INFINITY];

type Scripted = readonly [script: Script, more?: Parameters<typeof scriptedOperation<string>>[1]];

/** Ends a loop that has gone wild, so that the test fails instead of hanging. */
const tamed =
  (script: Script): Script =>
  (poll) =>
    poll.number > 5_000 ? succeeded : script(poll);

async function pollsOfAnHour(...[script, more]: Scripted): Promise<readonly number[]> {
  const { operation, pollsAt } = scriptedOperation(tamed(script), more);
  expect(await rejection(waitForCompletion(operation, { timeoutMs: HOUR }))).toMatchObject({ code: 'wait-timeout' });
  return pollsAt;
}

const limited = (retryAfterMs: number) => () => {
  throw new RateLimitError('slow down', { status: 429, retryAfterMs });
};

describe.each(WRONG)('a pause of %s that was asked for', (pause) => {
  it.each<[string, Scripted]>([
    ['in the answer of a poll', [() => ({ state: 'running', pollAfterMs: pause })]],
    ['in the answer of the start', [() => running, { pollAfterMs: pause }]],
    ['in a 429', [limited(pause)]],
    ['in a 429 that a whole client obeys', [limited(pause), { shared: new SharedPolling() }]],
  ])('%s is none: the cadence goes on', async (_, [script, more]) => {
    const pollsAt = await pollsOfAnHour(script, more);
    expect(pollsAt.length).toBeGreaterThan(30);
    expect(pollsAt.length).toBeLessThan(120);
    expect(pollsAt[0]).toBe(2 * SECOND);
  });

  it('leaves poll() with a pause for a timer', async () => {
    const { operation } = scriptedOperation(() => ({ state: 'running', pollAfterMs: pause }));
    expect(await operation.poll()).toMatchObject({ pollAfterMs: 2 * SECOND });
  });
});

describe.each(ENDLESS)('a pause of %s ms that was asked for', (pause) => {
  it.each<[string, number, Scripted]>([
    ['in the answer of a poll', 10 * MINUTE, [() => ({ state: 'running', pollAfterMs: pause })]],
    ['in a 429', HOUR, [limited(pause)]],
    ['in a 429 that a whole client obeys', HOUR, [limited(pause), { shared: new SharedPolling() }]],
  ])('%s is taken as %i ms', async (_, longest, [script, more]) => {
    const { operation, pollsAt } = scriptedOperation(tamed(script), more);
    await rejection(waitForCompletion(operation, { timeoutMs: 4 * HOUR }));
    expect((pollsAt[1] ?? 0) - (pollsAt[0] ?? 0)).toBe(longest);
  });

  it('in the answer of the start holds the first poll back for ten minutes', async () => {
    const pollsAt = await pollsOfAnHour(() => running, { pollAfterMs: pause });
    expect(pollsAt[0]).toBe(10 * MINUTE);
  });

  it('leaves poll() with a pause that a timer can hold', async () => {
    const { operation } = scriptedOperation(() => ({ state: 'running', pollAfterMs: pause }));
    expect(await operation.poll()).toMatchObject({ pollAfterMs: 10 * MINUTE });
  });
});

describe('a cadence', () => {
  it.each([0, -5])('of %i ms still lets timers and aborts have their turn', async (delay) => {
    const control = new AbortController();
    setTimeout(() => control.abort(), 0);
    const { operation, pollsAt } = scriptedOperation(() => running, { cadence: () => delay });
    const waiting = waitForCompletion(operation, { signal: control.signal, timeoutMs: 2_000, clock: systemClock });
    expect(await rejection(waiting)).toBeInstanceOf(WaitAbortedError);
    expect(pollsAt.length).toBeLessThan(100);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 40])(
    'of %s ms leaves poll() with a pause that a timer can hold',
    async (delay) => {
      const status = await scriptedOperation(() => running, { cadence: () => delay }).operation.poll();
      expect(status).toMatchObject({ pollAfterMs: expect.any(Number) });
      expect(status.state === 'running' && status.pollAfterMs).toBeLessThan(2 ** 31);
    },
  );
});
