import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CloudFoundryClient } from '../../src/cloud-foundry/index.ts';
import { type Operation, type OperationStatus, waitForCompletion, watch } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { bearerToken, VeeamM365V6Client } from '../../src/veeam-m365/index.ts';
import { MINUTE } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, succeeded, takes } from '../support/scripted-operation.ts';
import { scriptedServer } from '../support/scripted-server.ts';

const unhandled: unknown[] = [];
const keep = (reason: unknown) => {
  unhandled.push(reason);
};
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', keep);
});
afterEach(() => {
  process.off('unhandledRejection', keep);
});

/** Node tells of a rejection that nobody handled after a turn of its loop. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

const bug = () => new Error('bug');
const handlers: [string, () => unknown][] = [
  [
    'throws',
    () => {
      throw bug();
    },
  ],
  ['rejects', () => Promise.reject(bug())],
  // biome-ignore lint/suspicious/noThenProperty: a promise of another library
  ['answers a thenable that rejects', () => ({ then: (_: unknown, reject: (error: Error) => void) => reject(bug()) })],
];

describe.each(handlers)('a handler that %s', (_, handler) => {
  it('as onProgress ends no wait and no process', async () => {
    const told: string[] = [];
    const { operation } = scriptedOperation(takes(MINUTE), { onEvent: ({ type }) => told.push(type) });
    expect(await waitForCompletion(operation, { onProgress: handler })).toMatchObject({ state: 'succeeded' });
    await turn();
    expect(unhandled).toEqual([]);
    expect(told).toContain('handler-error');
  });

  it('as onEvent of an operation ends no wait and no process', async () => {
    const { operation } = scriptedOperation(takes(MINUTE), { onEvent: handler });
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
    await turn();
    expect(unhandled).toEqual([]);
  });

  it.each([CloudFoundryClient, VeeamM365V6Client])(
    'as onEvent of a client ends no call and no process',
    async (Client) => {
      const client = new Client({
        baseUrl: 'https://system.example.org',
        auth: bearerToken('token'),
        clock: virtualClock(),
        onEvent: handler,
        fetch: scriptedServer(Response.json({}, { status: 403 })).fetch,
      });
      await expect(client.jobs.get('job-1')).rejects.toMatchObject({ code: 'permission' });
      await turn();
      expect(unhandled).toEqual([]);
    },
  );
});

it('isReady that throws ends the wait with what it threw, and no process', async () => {
  const { operation } = scriptedOperation(() => running, {
    isReady: () => {
      throw bug();
    },
  });
  expect(await rejection(waitForCompletion(operation, { until: 'ready' }))).toMatchObject({ message: 'bug' });
  await turn();
  expect(unhandled).toEqual([]);
});

describe('an operation of somebody else’s making', () => {
  const foreign = (status: () => unknown): Operation<string> => {
    const { clock, operation } = scriptedOperation(() => running);
    return {
      kind: operation.kind,
      id: operation.id,
      startedAt: new Date(clock.now()),
      poll: async () => status() as OperationStatus<string>,
      toJSON: () => operation.toJSON(),
    };
  };

  it.each(['unsucceeded', 'partially-succeeded', 'Succeeded', 'done', undefined, 0])(
    'that answers the state %s has not succeeded',
    async (state) => {
      const operation = foreign(() => ({ state, result: 'nothing', steps: [], warnings: [], raw: {} }));
      const waiting = waitForCompletion(operation, { clock: virtualClock(), timeoutMs: MINUTE });
      expect(await rejection(waiting)).toMatchObject({ isRestoreKitError: true, handle: operation.toJSON() });
    },
  );

  it.each([undefined, null, 'succeeded', 42])('that answers %j is not seen, and ends no process', async (status) => {
    const waiting = waitForCompletion(
      foreign(() => status),
      { clock: virtualClock(), timeoutMs: MINUTE },
    );
    expect(await rejection(waiting)).toMatchObject({ isRestoreKitError: true });
    await turn();
    expect(unhandled).toEqual([]);
  });

  it('that answers as it should is waited for, with its raw answer out of JSON', async () => {
    const raw = { token: 'hidden' };
    const failed = foreign(() => ({ state: 'canceled', steps: [], warnings: [], raw }));
    const error = await rejection(waitForCompletion(failed, { clock: virtualClock() }));
    expect(error).toMatchObject({ state: 'canceled', failure: { details: raw } });
    expect(JSON.stringify(error)).not.toContain('hidden');
  });
});

describe('a vendor’s answer that JSON cannot hold', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;

  it.each<[string, unknown]>([
    ['a bigint', { items: 1n }],
    ['a circle', circle],
  ])('as a result, %s, ends a watch like any other', async (_, result) => {
    const { operation } = scriptedOperation(({ number }) =>
      number > 3 ? { ...succeeded, result: result as string } : running,
    );
    const states: string[] = [];
    for await (const { state } of watch(operation)) states.push(state);
    expect(states).toEqual(['running', 'succeeded']);
    await turn();
    expect(unhandled).toEqual([]);
  });

  it('as the details of a failure ends a watch like any other', async () => {
    const { operation } = scriptedOperation(() => ({
      state: 'failed',
      failure: { message: 'damaged', details: circle },
    }));
    const states: string[] = [];
    for await (const { state } of watch(operation)) states.push(state);
    expect(states).toEqual(['failed']);
  });
});
