import { getEventListeners } from 'node:events';
import { waitForCompletion } from 'restorekit';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { silence } from '../support/scripted-operation.ts';
import { doneAfter, job, restoring } from './foundation.ts';

describe('the deadline', () => {
  it('does not come early by the shortest delay (util-waiter; B16)', async () => {
    const { clock, operation } = await restoring(() => job('PROCESSING'));
    const begun = clock.now();
    expect(await rejection(waitForCompletion(operation, { timeoutMs: 10 * MINUTE }))).toMatchObject({
      code: 'wait-timeout',
    });
    expect(clock.now() - begun).toBe(10 * MINUTE);
  });

  it('holds while a poll hangs, and that poll does not run on (util-waiter, p-wait-for; terraform: B24)', async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const { clock, operation } = await restoring(({ signal }) => {
      signals.push(signal);
      return silence();
    });
    const begun = clock.now();
    await rejection(waitForCompletion(operation, { timeoutMs: 20 * SECOND }));
    expect(clock.now() - begun).toBe(20 * SECOND);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });

  it('is that of the whole wait, and a poll has a time of its own (Azure for Java; B10)', async () => {
    const { operation } = await restoring((asked) => (asked.number === 1 ? silence() : doneAfter(10 * MINUTE)(asked)), {
      requestTimeoutMs: 5 * SECOND,
    });
    expect(await waitForCompletion(operation, { timeoutMs: HOUR })).toMatchObject({ state: 'succeeded' });
  });

  it('counts from the wait, not from when the operation was made (cf-java)', async () => {
    const { clock, operation } = await restoring(() => job('PROCESSING'));
    await clock.sleep(2 * HOUR);
    const begun = clock.now();
    await rejection(waitForCompletion(operation, { timeoutMs: HOUR }));
    expect(clock.now() - begun).toBe(HOUR);
  });

  it('is days away where nobody set one, and no count of polls ends a wait (cf-java: 5 min; RDS: 17 min; B18, B23)', async () => {
    const { operation } = await restoring(doneAfter(6 * 24 * HOUR));
    expect(await waitForCompletion(operation, { cadence: () => 10 * MINUTE })).toMatchObject({ state: 'succeeded' });
  });

  it('invents no end: the error says unknown, tells what was seen, and carries the handle (google-cloud-cpp; B15, B21)', async () => {
    const { operation } = await restoring(() => job('POLLING'));
    const error = await rejection(waitForCompletion(operation, { timeoutMs: MINUTE }));
    expect(error).toMatchObject({
      code: 'wait-timeout',
      handle: operation.toJSON(),
      lastSeen: { state: 'running', message: 'POLLING' },
      observed: { running: expect.any(Number) },
    });
  });

  it('that has passed is no last word: a second wait goes on (gax: one and done; B20)', async () => {
    const { operation } = await restoring(doneAfter(HOUR));
    await rejection(waitForCompletion(operation, { timeoutMs: MINUTE }));
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
  });
});

describe('an abort', () => {
  it('ends a wait that sleeps at once (openai: 1.5 s later)', async () => {
    const control = new AbortController();
    const { clock, operation } = await restoring(() => job('PROCESSING', { 'retry-after': '600' }));
    const waiting = rejection(waitForCompletion(operation, { signal: control.signal }));
    await clock.sleep(MINUTE);
    const at = clock.now();
    control.abort('enough');
    expect(await waiting).toMatchObject({ code: 'wait-aborted', cause: 'enough' });
    expect(clock.now()).toBe(at);
  });

  it('reaches the request in flight, and none follows it (util-waiter: one more; B14)', async () => {
    const control = new AbortController();
    let seen: AbortSignal | null | undefined;
    const { clock, operation, received } = await restoring(({ signal }) => {
      seen = signal;
      return silence();
    });
    const waiting = rejection(waitForCompletion(operation, { signal: control.signal }));
    await clock.sleep(10 * SECOND);
    control.abort();
    await waiting;
    expect(seen?.aborted).toBe(true);
    const requests = received.length;
    await clock.sleep(HOUR);
    expect(received).toHaveLength(requests);
  });

  it('before the wait, or before the start, sends no request (util-waiter: one; B14)', async () => {
    const { operation, restore, received } = await restoring(doneAfter(MINUTE));
    const signal = AbortSignal.abort(new Error('not now'));
    const requests = received.length;
    expect(await rejection(waitForCompletion(operation, { signal }))).toMatchObject({ code: 'wait-aborted' });
    await expect(restore(signal)).rejects.toBe(signal.reason);
    expect(received).toHaveLength(requests);
  });

  it('of one waiter leaves the other its wait and its signal, and the operation a later wait (core-lro)', async () => {
    const first = new AbortController();
    const second = new AbortController();
    const { clock, operation } = await restoring(doneAfter(HOUR));
    const waits = [first, second].map(({ signal }) => rejection(waitForCompletion(operation, { signal })));
    const third = waitForCompletion(operation);
    await clock.sleep(MINUTE);
    first.abort('first');
    expect(await waits[0]).toMatchObject({ cause: 'first' });
    await clock.sleep(MINUTE);
    second.abort('second');
    expect(await waits[1]).toMatchObject({ cause: 'second' });
    expect(await third).toMatchObject({ state: 'succeeded' });
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
  });

  it('cancels nothing at the vendor (core-lro v2; B11)', async () => {
    const control = new AbortController();
    const { clock, operation, received } = await restoring(() => job('PROCESSING'));
    const waiting = rejection(waitForCompletion(operation, { signal: control.signal }));
    await clock.sleep(MINUTE);
    control.abort();
    await waiting;
    expect(received.slice(1).every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('on a signal', () => {
  it('500 polls leave no listener (p-wait-for: 500; util-waiter: one where the check throws)', async () => {
    const { signal } = new AbortController();
    const { operation, pollsAt } = await restoring(({ number }) => {
      if (number > 500) return job('COMPLETE');
      return number % 2 === 0 ? job('PROCESSING') : Response.json({}, { status: 502 });
    });
    await waitForCompletion(operation, { signal, cadence: () => 5 * SECOND });
    expect(pollsAt.length).toBeGreaterThan(500);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('and an operation that a dozen wait for, nothing warns of a leak (gax: MaxListenersExceededWarning)', async () => {
    const warnings: Error[] = [];
    const keep = (warning: Error) => {
      warnings.push(warning);
    };
    process.on('warning', keep);
    const { signal } = new AbortController();
    const { operation } = await restoring(doneAfter(10 * MINUTE));
    await Promise.all(Array.from({ length: 50 }, () => waitForCompletion(operation, { signal })));
    await new Promise((resolve) => setTimeout(resolve, 0));
    process.off('warning', keep);
    expect(warnings.filter(({ name }) => name === 'MaxListenersExceededWarning')).toEqual([]);
  });
});
