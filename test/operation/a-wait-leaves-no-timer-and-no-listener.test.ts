import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { NotFoundError, PermissionError } from '../../src/errors/index.ts';
import { SharedPolling, waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { MINUTE } from '../support/durations.ts';
import { running, type Script, scriptedOperation, silence, succeeded } from '../support/scripted-operation.ts';

describe.each<[string, Script]>([
  ['succeeded', () => succeeded],
  ['failed', () => ({ state: 'failed', failure: { message: 'damaged', details: {} } })],
  ['was restored in part', () => ({ state: 'partial', result: 'half' })],
  ['was canceled', () => ({ state: 'canceled' })],
  ['ran on', () => running],
  ['hung', silence],
  [
    'was forbidden',
    () => {
      throw new PermissionError('no', { status: 403 });
    },
  ],
  [
    'was gone',
    () => {
      throw new NotFoundError('gone', { status: 404 });
    },
  ],
  [
    'was out of sight',
    () => {
      throw new Error('reset');
    },
  ],
])('of a wait for an operation that %s', (_, script) => {
  it('no listener, no sleep and no poll loop is left', async () => {
    const control = new AbortController();
    const shared = new SharedPolling();
    const { clock, operation } = scriptedOperation(script, { shared });
    await waitForCompletion(operation, { signal: control.signal, timeoutMs: 5 * MINUTE }).catch(() => undefined);
    expect(getEventListeners(control.signal, 'abort')).toHaveLength(0);
    await new Promise(setImmediate);
    expect(clock.sleepers).toBe(0);
    expect(shared.loops.size).toBe(0);
  });
});

it('waits on an operation that has ended, or with a signal that has aborted, leave no poll loop', async () => {
  const shared = new SharedPolling();
  const clock = virtualClock();
  for (let index = 0; index < 100; index += 1) {
    const operation = scriptedOperation(() => succeeded, {
      id: `op-${index}`,
      startedAt: new Date(clock.now()),
      clock,
      shared,
    }).operation;
    await waitForCompletion(operation, { signal: AbortSignal.abort() }).catch(() => undefined);
    await waitForCompletion(operation);
    await waitForCompletion(operation);
  }
  expect(shared.loops.size).toBe(0);
});

it('wrong options leave no listener and no poll loop', async () => {
  const control = new AbortController();
  const shared = new SharedPolling();
  const { operation } = scriptedOperation(() => running, { shared });
  const { signal } = control;
  await expect(waitForCompletion(operation, { signal, timeoutMs: -1 })).rejects.toMatchObject({ field: 'timeoutMs' });
  await expect(waitForCompletion(operation, { signal, until: 'ready' })).rejects.toMatchObject({ field: 'until' });
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(shared.loops.size).toBe(0);
});

it('a wait that begins while the end is being told needs no poll of its own', async () => {
  const { operation, pollsAt } = scriptedOperation(() => succeeded);
  let second: Promise<unknown> | undefined;
  await waitForCompletion(operation, {
    onProgress: () => {
      second ??= waitForCompletion(operation);
    },
  });
  expect(await second).toMatchObject({ state: 'succeeded' });
  expect(pollsAt).toHaveLength(1);
});
