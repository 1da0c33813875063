import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../../src/errors/index.ts';
import { waitForAll, waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, succeeded } from '../support/scripted-operation.ts';

const dead = () => new ConnectionError('socket hang up', { sent: 'unknown', reason: 'ECONNRESET' });

/** An operation that ends while the machine is suspended for three hours; the first polls after that meet dead sockets. */
function suspended(deadSockets: number, options: { readonly timeoutMs: number; readonly outageToleranceMs?: number }) {
  const clock = virtualClock();
  const startedAt = clock.now();
  let left = deadSockets;
  const { operation, pollsAt } = scriptedOperation(
    ({ elapsedMs }) => {
      if (elapsedMs < HOUR) return running;
      left -= 1;
      if (left >= 0) throw dead();
      return succeeded;
    },
    { clock },
  );
  const waiting = waitForCompletion(operation, options);
  const settled = waiting.then(
    ({ state }) => state,
    ({ code }) => code as string,
  );
  const wake = async () => {
    await clock.sleep(30 * MINUTE);
    clock.jump(3 * HOUR);
  };
  return { clock, startedAt, pollsAt, settled, wake };
}

describe('after a suspension beyond the deadline', () => {
  it.each([0, 1, 2, 3, 4])('%i dead connections hide no end', async (deadSockets) => {
    const { settled, wake } = suspended(deadSockets, { timeoutMs: HOUR });
    await wake();
    expect(await settled).toBe('succeeded');
  });

  it('the deadline is declared where the server stays away for five seconds', async () => {
    const { clock, startedAt, pollsAt, settled, wake } = suspended(1_000, { timeoutMs: HOUR });
    await wake();
    expect(await settled).toBe('wait-timeout');
    const first = pollsAt.find((at) => at > HOUR) ?? 0;
    expect(pollsAt.filter((at) => at >= first)).toHaveLength(5);
    expect(clock.now() - startedAt - first).toBe(5 * SECOND);
  });
});

it('after a suspension in an outage, dead connections do not end its budget', async () => {
  const clock = virtualClock();
  let left = 4;
  const { operation } = scriptedOperation(
    ({ elapsedMs }) => {
      if (elapsedMs < 10 * MINUTE) return running;
      if (elapsedMs < 3 * HOUR) throw dead();
      left -= 1;
      if (left >= 0) throw dead();
      return succeeded;
    },
    { clock },
  );
  const waiting = waitForCompletion(operation, {
    outageToleranceMs: 5 * MINUTE,
    timeoutMs: 24 * HOUR,
    cadence: () => 4.9 * MINUTE,
  });
  await clock.sleep(14 * MINUTE + 55 * SECOND);
  clock.jump(3 * HOUR);
  expect(await waiting).toMatchObject({ state: 'succeeded' });
});

it('fourteen restores that ended meanwhile are all told as ended', async () => {
  const clock = virtualClock();
  const startedAt = new Date(clock.now());
  const operations = Array.from({ length: 14 }, (_, id) => {
    let left = 1 + (id % 3);
    return scriptedOperation(
      () => {
        if (clock.now() - startedAt.getTime() < HOUR) return running;
        left -= 1;
        if (left >= 0) throw dead();
        return succeeded;
      },
      { id: `op-${id}`, startedAt, clock },
    ).operation;
  });
  const all = waitForAll(operations, { timeoutMs: HOUR });
  await clock.sleep(30 * MINUTE);
  clock.jump(5 * HOUR);
  expect((await all).filter(({ status }) => status === 'fulfilled')).toHaveLength(14);
});

it('the poll that ends an outage budget is not the only one: a dead connection there hides no end', async () => {
  let last: 'dead' | 'alive' = 'dead';
  const { operation, pollsAt } = scriptedOperation(({ elapsedMs }) => {
    if (elapsedMs < 10 * MINUTE) return running;
    // Back for the last five seconds of the budget, over a pool with one dead connection in it.
    if (elapsedMs < 17 * MINUTE - 5 * SECOND) throw dead();
    if (last === 'dead') {
      last = 'alive';
      throw dead();
    }
    return succeeded;
  });
  const done = await waitForCompletion(operation, { outageToleranceMs: 7 * MINUTE, cadence: () => 10 * MINUTE });
  expect(done.state).toBe('succeeded');
  expect(pollsAt.at(-1)).toBe(17 * MINUTE - 2 * SECOND);
});

it('access that is refused after a suspension is not asked for again at once', async () => {
  const clock = virtualClock();
  const { operation, pollsAt } = scriptedOperation(
    ({ elapsedMs }) => {
      if (elapsedMs < HOUR) return running;
      throw dead();
    },
    { clock, outage: () => 'refused' },
  );
  const waiting = rejection(waitForCompletion(operation, { timeoutMs: 5 * HOUR }));
  await clock.sleep(30 * MINUTE);
  clock.jump(2 * HOUR);
  expect(await waiting).toMatchObject({ code: 'access-lost' });
  const refused = pollsAt.filter((at) => at > HOUR);
  expect(refused).toHaveLength(3);
  expect((refused[2] ?? 0) - (refused[0] ?? 0)).toBe(10 * MINUTE);
});
