import { describe, expect, it } from 'vitest';
import { OutcomeUnknownError } from '../../src/errors/index.ts';
import { type OperationEvent, SharedPolling, waitForCompletion, watch } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, silence, succeeded, takes } from '../support/scripted-operation.ts';

const noVerdict = () => {
  throw new OutcomeUnknownError('Stopped, and nothing more.', { reason: 'ended-without-verdict' });
};

describe('onEnded', () => {
  it('is told of the end before a wait, a watch and poll() are', async () => {
    for (const learn of [
      (op: ReturnType<typeof scriptedOperation>['operation'], tell: () => void) =>
        waitForCompletion(op, { onProgress: ({ state }) => state === 'succeeded' && tell() }).then(tell),
      async (op: ReturnType<typeof scriptedOperation>['operation'], tell: () => void) => {
        for await (const { state } of watch(op)) if (state === 'succeeded') tell();
      },
      (op: ReturnType<typeof scriptedOperation>['operation'], tell: () => void) => op.poll().then(tell),
    ]) {
      const order: string[] = [];
      const clock = virtualClock();
      const { operation } = scriptedOperation(() => succeeded, {
        clock,
        onEvent: ({ type }) => order.push(type),
        onEnded: async ({ status }) => {
          await clock.sleep(SECOND);
          order.push(`onEnded ${status?.state}`);
        },
      });
      await learn(operation, () => order.push('told'));
      expect(order[0]).toBe('onEnded succeeded');
      expect(order).toContain('told');
    }
  });

  it.each(['failed', 'canceled', 'partial'] as const)('is told of the end %s', async (state) => {
    const ends: unknown[] = [];
    const ending = { state, failure: { message: 'no', details: 1 }, result: 'half' } as never;
    const { operation } = scriptedOperation(() => ending, { onEnded: ({ status }) => ends.push(status?.state) });
    await rejection(waitForCompletion(operation));
    expect(ends).toEqual([state]);
  });

  it('is told of an end without a verdict, by the error', async () => {
    for (const learn of ['wait', 'poll'] as const) {
      const ends: unknown[] = [];
      const { operation } = scriptedOperation(noVerdict, { onEnded: ({ error }) => ends.push(error?.reason) });
      const learned = learn === 'wait' ? waitForCompletion(operation) : operation.poll();
      expect(await rejection(learned)).toMatchObject({ reason: 'ended-without-verdict', handle: { id: 'op-1' } });
      expect(ends).toEqual(['ended-without-verdict']);
    }
  });

  it('is called once, however many wait and poll', async () => {
    let calls = 0;
    const { operation } = scriptedOperation(takes(MINUTE), {
      onEnded: () => {
        calls += 1;
        throw new Error('the store is down');
      },
    });
    await Promise.all([waitForCompletion(operation), waitForCompletion(operation)]);
    await waitForCompletion(operation);
    await operation.poll();
    expect(calls).toBe(1);
  });

  it('of each of two operations that share a loop is called', async () => {
    const clock = virtualClock();
    const shared = new SharedPolling();
    const ends: string[] = [];
    const make = (name: string) =>
      scriptedOperation(takes(MINUTE), { clock, shared, onEnded: () => ends.push(name) }).operation;
    await Promise.all([waitForCompletion(make('one')), waitForCompletion(make('two'))]);
    expect(ends.sort()).toEqual(['one', 'two']);
  });

  it('is not called while the operation runs, or cannot be seen', async () => {
    let calls = 0;
    const { operation } = scriptedOperation(
      ({ number }) => (number % 2 === 0 ? running : Promise.reject(new Error('lost'))),
      {
        onEnded: () => {
          calls += 1;
        },
      },
    );
    await rejection(waitForCompletion(operation, { timeoutMs: HOUR }));
    await operation.poll().catch(() => undefined);
    expect(calls).toBe(0);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('store down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('store down'))],
  ])('that %s hides no end, and is reported', async (_, onEnded) => {
    const events: OperationEvent[] = [];
    const { operation } = scriptedOperation(() => succeeded, { onEnded, onEvent: (event) => events.push(event) });
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'handler-error', error: expect.objectContaining({ message: 'store down' }) }),
    );
  });

  it('that hangs holds back the end for ten seconds at most, and no deadline hides the end meanwhile', async () => {
    const { clock, operation } = scriptedOperation(
      ({ elapsedMs }) => (elapsedMs >= MINUTE - 3 * SECOND ? succeeded : running),
      {
        onEnded: silence,
      },
    );
    const begun = clock.now();
    const done = await waitForCompletion(operation, { timeoutMs: MINUTE });
    expect(done.state).toBe('succeeded');
    expect(clock.now() - begun).toBe(MINUTE + 7 * SECOND);
    expect(clock.sleepers).toBe(0);
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
    expect(clock.now() - begun).toBe(MINUTE + 7 * SECOND);
  });

  it('that hangs does not keep an abort from ending the wait', async () => {
    const control = new AbortController();
    const { clock, operation } = scriptedOperation(() => succeeded, { onEnded: silence });
    const waiting = rejection(waitForCompletion(operation, { signal: control.signal }));
    await clock.sleep(5 * SECOND);
    control.abort();
    expect(await waiting).toMatchObject({ code: 'wait-aborted' });
  });
});

describe('an end without a verdict', () => {
  it('ends every wait at once, with the handle, what was seen and counts', async () => {
    const { clock, operation, pollsAt } = scriptedOperation(({ number }) => (number < 4 ? running : noVerdict()));
    const begun = clock.now();
    const waits = [waitForCompletion(operation), waitForCompletion(operation, { outageToleranceMs: 1 })].map(rejection);
    for (const error of await Promise.all(waits)) {
      expect(error).toMatchObject({
        name: 'OutcomeUnknownError',
        reason: 'ended-without-verdict',
        started: 'yes',
        handle: operation.toJSON(),
        lastSeen: { state: 'running' },
        observed: { running: 3 },
      });
    }
    expect(pollsAt).toHaveLength(4);
    expect(clock.now() - begun).toBeLessThan(MINUTE);
  });

  it('ends a watch with the same error', async () => {
    const { operation } = scriptedOperation(({ number }) => (number < 3 ? running : noVerdict()));
    const states: string[] = [];
    const watching = async () => {
      for await (const { state } of watch(operation)) states.push(state);
    };
    expect(await rejection(watching())).toMatchObject({ reason: 'ended-without-verdict' });
    expect(states).toEqual(['running']);
  });
});
