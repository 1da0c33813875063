import { describe, expect, it } from 'vitest';
import {
  AccessLostError,
  AuthenticationError,
  ConnectionError,
  OutageError,
  RateLimitError,
  ServerError,
  UnexpectedResponseError,
} from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { HOUR, MINUTE } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { type Poll, running, scriptedOperation, succeeded } from '../support/scripted-operation.ts';

const reset = () => new ConnectionError('reset', { sent: 'unknown', reason: 'ECONNRESET' });
const between = (poll: Poll, from: number, to: number) => poll.elapsedMs >= from && poll.elapsedMs < to;

describe('an outage is not a failure', () => {
  it.each([
    ['a reset', reset],
    ['a 503', () => new ServerError('down', { status: 503 })],
    ['a page instead of JSON', () => new UnexpectedResponseError('html', { status: 200 })],
    ['an error of no known kind', () => new Error('surprise')],
  ])('waits through %s and resolves', async (_, makeError) => {
    const { operation } = scriptedOperation((poll) => {
      if (between(poll, 5 * MINUTE, 20 * MINUTE)) throw makeError();
      return poll.elapsedMs > 30 * MINUTE ? succeeded : running;
    });
    const done = await waitForCompletion(operation);
    expect(done.state).toBe('succeeded');
    expect(done.unreachableMs).toBeGreaterThan(14 * MINUTE);
    expect(done.unreachableMs).toBeLessThan(17 * MINUTE);
  });

  it('has a budget of its own, which ends with a poll', async () => {
    const { clock, operation, pollsAt } = scriptedOperation((poll) => {
      if (poll.elapsedMs >= 10 * MINUTE) throw reset();
      return running;
    });
    const error = await rejection(waitForCompletion(operation, { outageToleranceMs: 7 * MINUTE, timeoutMs: 5 * HOUR }));
    expect(error).toBeInstanceOf(OutageError);
    expect(error).toMatchObject({ reason: 'unreachable', handle: operation.toJSON(), lastSeen: { state: 'running' } });
    const lost = pollsAt.find((at) => at >= 10 * MINUTE) ?? 0;
    expect(pollsAt.at(-1)).toBe(lost + 7 * MINUTE);
    expect((error as OutageError).since.getTime()).toBe(clock.now() - 7 * MINUTE);
    expect((error as OutageError).observed['connection ECONNRESET']).toBeGreaterThan(3);
  });

  it('starts the budget anew after each good poll', async () => {
    const { operation } = scriptedOperation((poll) => {
      if (poll.elapsedMs > 3 * HOUR) return succeeded;
      if (Math.floor(poll.elapsedMs / (20 * MINUTE)) % 2 === 1) throw reset();
      return running;
    });
    expect(await waitForCompletion(operation, { outageToleranceMs: 25 * MINUTE })).toMatchObject({
      state: 'succeeded',
    });
  });

  it('recovers at the very poll that ends the budget', async () => {
    let lostAt: number | undefined;
    const { operation } = scriptedOperation((poll) => {
      if (poll.elapsedMs < 10 * MINUTE) return running;
      lostAt ??= poll.elapsedMs;
      if (poll.elapsedMs < lostAt + 7 * MINUTE) throw reset();
      return succeeded;
    });
    expect(await waitForCompletion(operation, { outageToleranceMs: 7 * MINUTE })).toMatchObject({ state: 'succeeded' });
  });

  it('does not spend the budget while the machine is suspended', async () => {
    const base = virtualClock();
    let isSuspended = false;
    const clock = {
      ...base,
      sleep: async (ms: number, signal?: AbortSignal) => {
        await base.sleep(ms, signal);
        if (isSuspended || base.now() < Date.UTC(2026, 0, 1) + 11 * MINUTE) return;
        isSuspended = true;
        base.jump(2 * HOUR);
      },
    };
    const { operation } = scriptedOperation(
      (poll) => {
        if (between(poll, 10 * MINUTE, 2 * HOUR + 16 * MINUTE)) throw reset();
        return poll.elapsedMs > 3 * HOUR ? succeeded : running;
      },
      { clock },
    );
    expect(await waitForCompletion(operation, { outageToleranceMs: 10 * MINUTE })).toMatchObject({
      state: 'succeeded',
    });
  });

  it('never records a transient error as the end of the operation', async () => {
    const { operation } = scriptedOperation((poll) => {
      if (poll.elapsedMs < HOUR) throw new ServerError('down', { status: 500 });
      return succeeded;
    });
    await rejection(waitForCompletion(operation, { outageToleranceMs: 10 * MINUTE }));
    expect(await waitForCompletion(operation, { outageToleranceMs: 2 * HOUR })).toMatchObject({ state: 'succeeded' });
  });
});

describe('too many requests', () => {
  it('are no outage: only the deadline ends them', async () => {
    const { operation } = scriptedOperation((poll) => {
      if (poll.elapsedMs < 6 * HOUR) throw new RateLimitError('slow down', { status: 429 });
      return succeeded;
    });
    const done = await waitForCompletion(operation, { outageToleranceMs: MINUTE });
    expect(done).toMatchObject({ state: 'succeeded', unreachableMs: 0 });
  });

  it('are asked about again no sooner than Retry-After says, capped at an hour', async () => {
    for (const [askedMs, waitedMs] of [
      [20 * MINUTE, 20 * MINUTE],
      [24 * HOUR, HOUR],
    ] as const) {
      const { operation, pollsAt } = scriptedOperation((poll) => {
        if (poll.number === 1) throw new RateLimitError('slow down', { status: 429, retryAfterMs: askedMs });
        return succeeded;
      });
      await waitForCompletion(operation);
      expect((pollsAt[1] ?? 0) - (pollsAt[0] ?? 0)).toBe(waitedMs);
    }
  });

  it('do not stick: Retry-After holds for its own answer only', async () => {
    const { operation, pollsAt } = scriptedOperation((poll) =>
      poll.elapsedMs > 8 * MINUTE
        ? succeeded
        : { state: 'running', ...(poll.number === 1 ? { pollAfterMs: 5 * MINUTE } : {}) },
    );
    await waitForCompletion(operation);
    expect((pollsAt[1] ?? 0) - (pollsAt[0] ?? 0)).toBe(5 * MINUTE);
    expect((pollsAt[2] ?? 0) - (pollsAt[1] ?? 0)).toBeLessThan(MINUTE);
  });
});

describe('refused credentials', () => {
  const refused = () => new AuthenticationError('401', { status: 401 });

  it('end the wait at once where they are refused for good', async () => {
    const { operation, pollsAt } = scriptedOperation(() => {
      throw refused();
    });
    expect(await rejection(waitForCompletion(operation))).toBeInstanceOf(AccessLostError);
    expect(pollsAt).toHaveLength(1);
  });

  it('that may come back are asked three times over at least ten minutes, and no more', async () => {
    const { operation, pollsAt } = scriptedOperation(
      () => {
        throw refused();
      },
      { outage: () => 'refused' },
    );
    expect(await rejection(waitForCompletion(operation))).toBeInstanceOf(AccessLostError);
    expect(pollsAt).toHaveLength(3);
    expect((pollsAt[2] ?? 0) - (pollsAt[0] ?? 0)).toBeGreaterThanOrEqual(10 * MINUTE);
  });

  it('that do come back let the wait go on', async () => {
    const { operation } = scriptedOperation(
      (poll) => {
        if (between(poll, MINUTE, 8 * MINUTE)) throw refused();
        return poll.elapsedMs > HOUR ? succeeded : running;
      },
      { outage: () => 'refused' },
    );
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
  });
});

describe("a definition's own rule for errors", () => {
  it('decides', async () => {
    const { operation } = scriptedOperation(
      () => {
        throw new ServerError('closed for ever', { status: 500 });
      },
      { outage: () => 'give-up' },
    );
    expect(await rejection(waitForCompletion(operation))).toBeInstanceOf(AccessLostError);
  });

  it('counts as outage where it throws or answers nonsense', async () => {
    for (const outage of [
      () => {
        throw new Error('bug');
      },
      () => 'whatever' as never,
    ]) {
      const { operation } = scriptedOperation(
        (poll) => {
          if (poll.number < 4) throw new Error('x');
          return succeeded;
        },
        { outage },
      );
      expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
    }
  });
});
