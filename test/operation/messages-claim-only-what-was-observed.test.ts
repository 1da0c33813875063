import { describe, expect, it } from 'vitest';
import { ConnectionError, RateLimitError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { type Poll, running, scriptedOperation, silence } from '../support/scripted-operation.ts';

const lost = () => new ConnectionError('connection reset', { sent: 'unknown', reason: 'ECONNRESET' });
const GOES_ON = /goes on/;

const until = (ms: number, then: () => Promise<never> | never) => (poll: Poll) => {
  if (poll.elapsedMs < ms) return running;
  return then();
};
const fails = (): never => {
  throw lost();
};

describe('at the deadline', () => {
  const timedOut = async (script: (poll: Poll) => typeof running | Promise<never>) =>
    (await rejection(waitForCompletion(scriptedOperation(script).operation, { timeoutMs: HOUR }))) as Error & {
      observed: Record<string, number>;
    };

  it('"it goes on" is said after a good last poll, with when that was', async () => {
    const error = await timedOut(() => running);
    expect(error.message).toMatch(GOES_ON);
    expect(error.message).toContain('5 s before, it was running');
  });

  it.each<[string, () => never]>([
    ['was lost', fails],
    [
      'was limited',
      () => {
        throw new RateLimitError('slow down', { status: 429 });
      },
    ],
  ])('not where the last poll %s: then it says since when, and how many polls failed why', async (_, fault) => {
    const error = await timedOut(until(50 * MINUTE, fault));
    expect(error.message).not.toMatch(GOES_ON);
    expect(error.message).toMatch(/At the last good poll, 6\d\d s before, it was running\. \d+ polls failed since/);
    expect(error.message).toMatch(/connection reset|slow down/);
    expect(error).toMatchObject({ lastSeen: { state: 'running' } });
    expect(Object.values(error.observed).reduce((sum, count) => sum + count)).toBeGreaterThan(50);
  });

  it('not where the last poll has no answer', async () => {
    const error = await timedOut(until(50 * MINUTE, silence));
    expect(error.message).not.toMatch(GOES_ON);
    expect(error.message).toContain('has no answer yet');
    expect(error.observed['no answer yet']).toBe(1);
  });

  it.each([fails, silence])('not where no poll was ever good: %#', async (fault) => {
    const { operation } = scriptedOperation(() => fault());
    const error = await rejection(waitForCompletion(operation, { timeoutMs: 10 * MINUTE }));
    expect(error).toMatchObject({ code: 'wait-timeout', lastSeen: undefined });
    expect(error.message).not.toMatch(GOES_ON);
    expect(error.message).toContain('No poll has succeeded');
  });

  it('an outage of the last seconds is ignored', async () => {
    const { operation, pollsAt } = scriptedOperation(({ elapsedMs }) => {
      if (elapsedMs >= HOUR - 5 * SECOND && elapsedMs < HOUR - 2 * SECOND) throw lost();
      return elapsedMs < HOUR - 5 * SECOND ? running : { state: 'succeeded', result: 'restored' };
    });
    expect(await waitForCompletion(operation, { timeoutMs: HOUR })).toMatchObject({ state: 'succeeded' });
    expect(pollsAt.at(-1)).toBe(HOUR - SECOND);
  });
});

describe('an abort', () => {
  it.each<[string, () => Promise<never> | never, RegExp]>([
    ['after a lost poll', fails, /polls? failed since/],
    ['while a poll has no answer', silence, /no answer yet/],
  ])('%s does not say that it goes on', async (_, fault, told) => {
    const control = new AbortController();
    const { clock, operation } = scriptedOperation(until(10 * MINUTE, fault));
    const waiting = rejection(waitForCompletion(operation, { signal: control.signal }));
    await clock.sleep(20 * MINUTE);
    control.abort();
    const error = await waiting;
    expect(error.message).not.toMatch(GOES_ON);
    expect(error.message).toMatch(told);
    expect(error.message).toContain('was not canceled');
  });

  it('after a good poll says so', async () => {
    const control = new AbortController();
    const { clock, operation } = scriptedOperation(() => running);
    const waiting = rejection(waitForCompletion(operation, { signal: control.signal }));
    await clock.sleep(MINUTE);
    control.abort();
    expect((await waiting).message).toMatch(GOES_ON);
  });
});

describe('a lost view', () => {
  it('is told by onProgress when it is lost and every minute, however seldom is polled', async () => {
    const told: { readonly at: number; readonly state: string }[] = [];
    const { clock, operation } = scriptedOperation(
      ({ elapsedMs }) => {
        if (elapsedMs >= 10 * MINUTE && elapsedMs < 20 * MINUTE) throw lost(); // seen by the polls at 14.1 and 18.8 min
        return elapsedMs >= 30 * MINUTE ? { state: 'succeeded', result: 'restored' } : running;
      },
      { cadence: () => 4.7 * MINUTE },
    );
    const begun = clock.now();
    await waitForCompletion(operation, {
      onProgress: (update) => {
        told.push({ at: Math.round((clock.now() - begun) / SECOND), state: update.state });
        if (update.state !== 'unreachable') return;
        expect(update.error).toMatchObject({ code: 'connection' });
        expect(update.since.getTime()).toBe(begun + 14.1 * MINUTE);
        expect(update.steps).toEqual([]);
      },
    });
    const lostAt = told.filter(({ state }) => state === 'unreachable').map(({ at }) => at);
    expect(lostAt).toEqual(Array.from({ length: 10 }, (_, minute) => 846 + 60 * minute));
    expect(told.find(({ at }) => at > 1_386)).toEqual({ at: 1_410, state: 'running' });
  });

  it('is told while a poll hangs, too', async () => {
    const states: string[] = [];
    const { operation } = scriptedOperation(({ number }) => (number === 1 ? fails() : silence()));
    const onProgress = ({ state }: { state: string }) => states.push(state);
    await rejection(waitForCompletion(operation, { timeoutMs: 10 * MINUTE, onProgress }));
    expect(states).toHaveLength(10);
    expect(new Set(states)).toEqual(new Set(['unreachable']));
  });
});
