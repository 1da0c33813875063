import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WaitAbortedError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { HOUR, MINUTE } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, silence, succeeded, takes } from '../support/scripted-operation.ts';

describe('aborting stops at once', () => {
  it('before the start: no request is sent', async () => {
    const { operation, pollsAt } = scriptedOperation(() => succeeded);
    const reason = new Error('not now');
    const error = await rejection(waitForCompletion(operation, { signal: AbortSignal.abort(reason) }));
    expect(error).toBeInstanceOf(WaitAbortedError);
    expect(error.cause).toBe(reason);
    expect(pollsAt).toHaveLength(0);
  });

  it('while asleep', async () => {
    const control = new AbortController();
    const { clock, operation, pollsAt } = scriptedOperation(() => running);
    const waiting = rejection(waitForCompletion(operation, { signal: control.signal }));
    await clock.sleep(10 * MINUTE);
    const polls = pollsAt.length;
    const at = clock.now();
    control.abort(new Error('enough'));
    const error = await waiting;
    expect(error).toBeInstanceOf(WaitAbortedError);
    expect(error).toMatchObject({ handle: operation.toJSON(), cause: { message: 'enough' } });
    expect(clock.now()).toBe(at);
    expect(pollsAt).toHaveLength(polls);
    expect(clock.sleepers).toBe(0);
  });

  it('while a poll is in flight, which is aborted too, even if it does not listen', async () => {
    const control = new AbortController();
    let seen: AbortSignal | undefined;
    const { clock, operation } = scriptedOperation(({ signal }) => {
      seen = signal;
      return silence();
    });
    const waiting = rejection(waitForCompletion(operation, { signal: control.signal }));
    await clock.sleep(MINUTE);
    control.abort();
    expect(await waiting).toBeInstanceOf(WaitAbortedError);
    expect(seen?.aborted).toBe(true);
    await new Promise(setImmediate);
    expect(clock.sleepers).toBe(0);
  });

  it('one of two waiters: the other goes on', async () => {
    const control = new AbortController();
    const { clock, operation } = scriptedOperation(takes(HOUR));
    const first = rejection(waitForCompletion(operation, { signal: control.signal }));
    const second = waitForCompletion(operation);
    await clock.sleep(MINUTE);
    control.abort();
    expect(await first).toBeInstanceOf(WaitAbortedError);
    expect(await second).toMatchObject({ state: 'succeeded' });
  });

  it('and a later wait on the same operation begins anew', async () => {
    const control = new AbortController();
    const { clock, operation } = scriptedOperation(takes(HOUR));
    const first = rejection(waitForCompletion(operation, { signal: control.signal }));
    await clock.sleep(MINUTE);
    control.abort();
    const second = waitForCompletion(operation);
    await first;
    expect(await second).toMatchObject({ state: 'succeeded' });
  });

  it('from inside onProgress', async () => {
    const control = new AbortController();
    const { operation, pollsAt } = scriptedOperation(() => running);
    const waiting = waitForCompletion(operation, { signal: control.signal, onProgress: () => control.abort() });
    expect(await rejection(waiting)).toBeInstanceOf(WaitAbortedError);
    expect(pollsAt).toHaveLength(1);
  });

  it('leaves no listener on the signal after 500 polls', async () => {
    const control = new AbortController();
    const { operation, pollsAt } = scriptedOperation(({ number }) => (number > 500 ? succeeded : running), {
      cadence: () => 1_000,
    });
    const waiting = waitForCompletion(operation, { signal: control.signal });
    expect(getEventListeners(control.signal, 'abort').length).toBeLessThanOrEqual(1);
    await waiting;
    expect(pollsAt.length).toBeGreaterThan(500);
    expect(getEventListeners(control.signal, 'abort')).toHaveLength(0);
  });

  it('needs one listener for a thousand waits on one signal, and ends them all', async () => {
    const control = new AbortController();
    const { clock, operation } = scriptedOperation(() => running);
    const waits = Array.from({ length: 1_000 }, () =>
      rejection(waitForCompletion(operation, { signal: control.signal })),
    );
    await clock.sleep(MINUTE);
    expect(getEventListeners(control.signal, 'abort')).toHaveLength(1);
    control.abort();
    for (const error of await Promise.all(waits)) expect(error).toBeInstanceOf(WaitAbortedError);
    expect(getEventListeners(control.signal, 'abort')).toHaveLength(0);
    expect(clock.sleepers).toBe(0);
  });

  it('leaves nothing behind after any end', async () => {
    const { clock, operation } = scriptedOperation(takes(MINUTE));
    await waitForCompletion(operation);
    expect(clock.sleepers).toBe(0);
  });
});

describe('poll()', () => {
  it('rejects with the reason of the signal', async () => {
    const { operation, pollsAt } = scriptedOperation(() => running);
    const reason = new Error('stop');
    await expect(operation.poll({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(pollsAt).toHaveLength(0);
  });
});
