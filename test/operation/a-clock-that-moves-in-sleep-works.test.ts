import { describe, expect, it } from 'vitest';
import { withDeadline } from '../../src/http/deadline.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedOperation, silence } from '../support/scripted-operation.ts';

/** Clocks as people write them for tests: the time has passed when sleep is called, or a little later. */
const CLOCKS: readonly [string, (move: (ms: number) => void) => (ms: number) => Promise<void>][] = [
  ['moves at once', (move) => async (ms) => move(ms)],
  [
    'moves after a microtask',
    (move) => async (ms) => {
      await undefined;
      move(ms);
    },
  ],
  ['moves in then', (move) => (ms) => Promise.resolve().then(() => move(ms))],
];

/** How long an answer may take, in real time. */
const ANSWERS: readonly [string, () => Promise<unknown>][] = [
  ['out of memory', async () => undefined],
  [
    'after many microtasks',
    async () => {
      for (let turn = 0; turn < 500; turn += 1) await undefined;
    },
  ],
  ['after setImmediate', () => new Promise((resolve) => setImmediate(resolve))],
  ['after setTimeout', () => new Promise((resolve) => setTimeout(resolve, 0))],
  [
    'after five turns',
    async () => {
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
    },
  ],
];

describe.each(CLOCKS)('with a clock that %s', (_, makeSleep) => {
  const make = () => {
    let now = Date.UTC(2026, 0, 1);
    const sleep = makeSleep((ms) => {
      now += ms;
    });
    return { now: () => now, sleep };
  };

  it.each(ANSWERS)('a wait whose polls are answered %s takes only its pauses', async (_how, answer) => {
    const clock = make();
    let polls = 0;
    const operation = scriptedOperation(
      async () => {
        await answer();
        polls += 1;
        return polls > 5 ? { state: 'succeeded', result: 'restored' } : { state: 'running' };
      },
      { startedAt: new Date(clock.now()), clock },
    ).operation;
    const done = await waitForCompletion(operation, { cadence: () => 5 * SECOND, timeoutMs: MINUTE });
    expect(done).toMatchObject({ state: 'succeeded', polls: 6, elapsedMs: 30 * SECOND, unreachableMs: 0 });
  });

  it.each(ANSWERS)('a request that is answered %s is not late, and takes no time', async (_how, answer) => {
    const clock = make();
    const begun = clock.now();
    const options = { clock, what: 'GET /', timeoutMs: 30 * SECOND, signal: undefined };
    for (let request = 0; request < 3; request += 1) await withDeadline(answer, options);
    expect(clock.now()).toBe(begun);
  });

  it('a request that hangs ends all the same', async () => {
    const options = { clock: make(), what: 'GET /', timeoutMs: 30 * SECOND, signal: undefined };
    const hanging = withDeadline(() => new Promise(() => undefined), options);
    expect(await rejection(hanging)).toMatchObject({ code: 'request-timeout' });
  });

  it('a poll that hangs ends at the deadline', async () => {
    const clock = make();
    const operation = scriptedOperation(silence, {
      startedAt: new Date(clock.now()),
      clock,
    }).operation;
    expect(await rejection(waitForCompletion(operation, { timeoutMs: MINUTE }))).toMatchObject({
      code: 'wait-timeout',
    });
  });
});
