import { describe, expect, it } from 'vitest';
import { HandleError } from '../../src/errors/index.ts';
import { defineOperation, waitForAll, waitForCompletion, watch } from '../../src/operation/index.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, succeeded } from '../support/scripted-operation.ts';

const collect = async (updates: AsyncIterable<unknown>) => {
  for await (const _ of updates);
};

describe.each<[string, (operation: never, options: never) => Promise<unknown>]>([
  ['waitForCompletion', (operation, options) => waitForCompletion(operation, options)],
  ['watch', (operation, options) => collect(watch(operation, options))],
  [
    'waitForAll',
    (operation, options) =>
      waitForAll([operation], options).then(([only]) => only?.status === 'rejected' && Promise.reject(only.reason)),
  ],
])('%s', (_, wait) => {
  it.each([
    ['timeout', 'timeoutMs'],
    ['timeoutMS', 'timeoutMs'],
    ['timeOutMs', 'timeoutMs'],
    ['outageTolerance', 'outageToleranceMs'],
    ['onprogress', 'onProgress'],
    ['progress', 'onProgress'],
    ['abortSignal', 'signal'],
    ['maxRetryAfter', 'maxRetryAfterMs'],
    ['cadance', 'cadence'],
    ['accepts', 'accept'],
    ['clocks', 'clock'],
  ])('refuses the option %s, and names %s', async (name, meant) => {
    const { operation, pollsAt } = scriptedOperation(() => running);
    const error = await rejection(wait(operation as never, { [name]: 1 } as never));
    expect(error).toMatchObject({ code: 'configuration', field: name });
    expect(error.message).toContain(`'${meant}'`);
    expect(pollsAt).toHaveLength(0);
  });

  it.each(['xyz', 'q', ''])('refuses the option %j, and names all', async (name) => {
    const { operation } = scriptedOperation(() => running);
    const error = await rejection(wait(operation as never, { [name]: 1 } as never));
    expect(error.message).toContain('timeoutMs, ');
  });

  it.each<[string, unknown, RegExp]>([
    ['a forgotten await', Promise.resolve(scriptedOperation(() => succeeded).operation), /Await/],
    ['a handle', scriptedOperation(() => succeeded).operation.toJSON(), /resume\(handle\)/],
    ['a handle as JSON', JSON.stringify(scriptedOperation(() => succeeded).operation), /resume\(handle\)/],
    ['nothing', undefined, /must be an operation/],
    ['null', null, /must be an operation/],
    ['a number', 5, /must be an operation/],
    ['an object without poll', { kind: 'a', id: '1', startedAt: new Date() }, /poll\(\)/],
    [
      'an operation with a text as startedAt',
      { kind: 'a', id: '1', startedAt: '2026-01-01T00:00:00Z', poll: () => succeeded, toJSON: () => ({}) },
      /startedAt/,
    ],
    [
      'an operation without an id',
      { kind: 'a', startedAt: new Date(), poll: () => succeeded, toJSON: () => ({}) },
      /`id`/,
    ],
  ])('refuses %s, and says what to do', async (_what, operation, advice) => {
    const error = await rejection(wait(operation as never, {} as never));
    expect(error).toMatchObject({ code: 'configuration', field: 'operation' });
    expect(error.message).toMatch(advice);
  });

  it.each([{ signal: 5 }, { clock: {} }, { cadence: 5 }, { onProgress: 'yes' }, { accept: 'all' }, { timeoutMs: -1 }])(
    'refuses the value of %j',
    async (options) => {
      const { operation } = scriptedOperation(() => running);
      const error = await rejection(wait(operation as never, options as never));
      expect(error).toMatchObject({ code: 'configuration', field: Object.keys(options)[0] });
    },
  );

  it('takes options that are undefined', async () => {
    const { operation } = scriptedOperation(() => succeeded);
    const options = {
      timeoutMs: undefined,
      signal: undefined,
      cadence: undefined,
      onProgress: undefined,
      clock: undefined,
    };
    await wait(operation as never, options as never);
  });
});

it('waitForAll refuses what is no list, and accepts promises in a list', async () => {
  expect(await rejection(waitForAll(Promise.resolve([]) as never))).toMatchObject({ field: 'operations' });
  const { operation } = scriptedOperation(() => succeeded);
  const all = await waitForAll([Promise.resolve(operation) as never, operation]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

it.each([5, 'soon', 'ended'])('refuses until %j', async (until) => {
  const { operation } = scriptedOperation(() => running, { isReady: () => true });
  expect(await rejection(waitForCompletion(operation, { until } as never))).toMatchObject({ field: 'until' });
});

describe('defineOperation', () => {
  const good = { kind: 'acme/restore', id: '1', startedAt: new Date(0), poll: () => succeeded };

  it.each<[string, unknown]>([
    ['kind', ''],
    ['id', 5],
    ['startedAt', 'yesterday'],
    ['startedAt', '2026-01-01T00:00:00'],
    ['startedAt', '2026-02-30T00:00:00Z'],
    ['startedAt', new Date(Number.NaN)],
    ['startedAt', 1_700_000_000_000],
    ['startedAt', undefined],
    ['poll', undefined],
    ['poll', 'GET'],
    ['baseUrl', new URL('https://example.org')],
    ['note', 5],
    ['handle', 'text'],
    ['handle', []],
    ['outage', 'outage'],
    ['isReady', true],
    ['onEnded', 'yes'],
    ['timeoutMs', 0],
    ['outageToleranceMs', '5'],
    ['cadence', 5_000],
    ['clock', { now: Date.now }],
    ['shared', {}],
    ['onEvent', 5],
    ['timeoutAdvice', 5],
  ])('refuses %s: %j', (field, value) => {
    expect(() => defineOperation({ ...good, [field]: value } as never)).toThrow(
      expect.objectContaining({ code: 'configuration', field }),
    );
  });

  it('names a field that is not known, and the one that was meant', () => {
    expect(() => defineOperation({ ...good, timeout: 5 } as never)).toThrow(/timeout: .*'timeoutMs'/);
    expect(() => defineOperation(undefined as never)).toThrow(expect.objectContaining({ field: 'definition' }));
  });

  it('takes a text with a zone as startedAt', () => {
    const operation = defineOperation({ ...good, startedAt: '2026-04-23T10:48:06+02:00' });
    expect(operation.startedAt).toEqual(new Date('2026-04-23T08:48:06Z'));
    expect(operation.toJSON().startedAt).toBe('2026-04-23T08:48:06.000Z');
  });
});

describe('a poll', () => {
  it.each([
    () => new Date(Number.MAX_VALUE).toISOString(),
    () => 'x'.repeat(-1),
    function deep(): never {
      return deep();
    },
  ])('that breaks with a RangeError rejects with a typed error: %#', async (breaks) => {
    const { operation } = scriptedOperation(() => breaks() as never);
    const error = await rejection(operation.poll());
    expect(error).toMatchObject({ code: 'unexpected-response', started: 'yes' });
    expect(error.cause).toBeInstanceOf(RangeError);
  });

  it('that finds that the handle is of something else ends a wait with that error', async () => {
    const { operation, pollsAt } = scriptedOperation(() => {
      throw new HandleError('id', 'is of a backup job.');
    });
    expect(await rejection(waitForCompletion(operation))).toMatchObject({ name: 'HandleError', started: 'yes' });
    expect(await rejection(collect(watch(operation)))).toMatchObject({ name: 'HandleError' });
    expect(pollsAt).toHaveLength(2);
  });
});
