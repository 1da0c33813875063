import { describe, expect, it } from 'vitest';
import { OperationFailedError, PartialRestoreError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, takes } from '../support/scripted-operation.ts';

describe('how a wait ends', () => {
  it('resolves with the result and what it measured', async () => {
    const { operation } = scriptedOperation(takes(10 * MINUTE));
    const done = await waitForCompletion(operation);
    expect(done).toMatchObject({ state: 'succeeded', result: 'restored', unreachableMs: 0, warnings: [] });
    expect(done.elapsedMs).toBe(done.completedAt.getTime() - done.startedAt.getTime());
    expect(done.elapsedMs).toBeGreaterThanOrEqual(10 * MINUTE);
    expect(done.elapsedMs).toBeLessThan(12 * MINUTE);
    expect(done.handle).toEqual(operation.toJSON());
  });

  it('counts the polls', async () => {
    const { operation, pollsAt } = scriptedOperation(takes(MINUTE));
    expect((await waitForCompletion(operation)).polls).toBe(pollsAt.length);
  });

  it('rejects a partial restore with its result, unless it is accepted', async () => {
    const partial = () => ({
      state: 'partial' as const,
      result: 'half',
      message: '3 of 6 items',
      warnings: [{ message: 'w' }],
    });
    const error = await rejection(waitForCompletion(scriptedOperation(partial).operation));
    expect(error).toBeInstanceOf(PartialRestoreError);
    expect(error).toMatchObject({ result: 'half', wait: { warnings: [{ message: 'w' }] } });
    expect(await waitForCompletion(scriptedOperation(partial).operation, { accept: 'partial' })).toMatchObject({
      state: 'partial',
      result: 'half',
    });
  });

  it.each(['failed', 'canceled'] as const)("rejects when the vendor says '%s'", async (state) => {
    const failure = { message: 'the archive is damaged', code: '7', details: { status: 7 } };
    const error = await rejection(waitForCompletion(scriptedOperation(() => ({ state, failure })).operation));
    expect(error).toBeInstanceOf(OperationFailedError);
    expect(error).toMatchObject({ state, failure, handle: { id: 'op-1' } });
    expect(error.message).toContain('the archive is damaged');
  });

  it('gives a reason of its own where a canceled operation has none', async () => {
    const error = await rejection(waitForCompletion(scriptedOperation(() => ({ state: 'canceled' })).operation));
    expect(error).toMatchObject({ state: 'canceled', failure: { message: expect.stringMatching(/no reason/) } });
  });

  it("resolves with the running status when it waits until 'ready'", async () => {
    const { operation } = scriptedOperation(
      ({ number }) => ({ state: 'running', message: number < 3 ? 'Starting' : 'Working' }),
      {
        isReady: (status) => status.message === 'Working',
      },
    );
    const ready = await waitForCompletion(operation, { until: 'ready' });
    expect(ready).toMatchObject({ state: 'running', message: 'Working', polls: 3, handle: { id: 'op-1' } });
  });

  it("rejects a wait until 'ready' when the operation ends before", async () => {
    const { operation } = scriptedOperation(takes(5 * SECOND), { isReady: () => false });
    expect(await rejection(waitForCompletion(operation, { until: 'ready' }))).toBeInstanceOf(OperationFailedError);
  });

  it("refuses 'ready' for a kind that knows none", async () => {
    const error = await rejection(waitForCompletion(scriptedOperation(() => running).operation, { until: 'ready' }));
    expect(error).toMatchObject({ code: 'configuration', field: 'until' });
  });

  it('can be awaited again after the end, without another request', async () => {
    const { operation, pollsAt } = scriptedOperation(takes(MINUTE));
    const first = await waitForCompletion(operation);
    const polls = pollsAt.length;
    const second = await waitForCompletion(operation);
    expect(second).toMatchObject({ state: first.state, result: first.result });
    expect(pollsAt).toHaveLength(polls);
  });

  it('turns into JSON without the vendor answer', async () => {
    const { operation } = scriptedOperation(() => ({
      state: 'succeeded',
      result: 'restored',
      raw: { token: 'hidden' },
    }));
    expect(JSON.stringify(await waitForCompletion(operation))).not.toContain('hidden');
    expect(JSON.stringify(await operation.poll())).not.toContain('hidden');
    expect((await operation.poll()).raw).toEqual({ token: 'hidden' });
  });

  it.each(['notsucceeded', 'Succeeded', 'done', undefined, 7])(
    'takes no state %j for an end, and says what is wrong with the definition',
    async (state) => {
      const { operation, pollsAt } = scriptedOperation(() => ({ state }) as never);
      const error = await rejection(waitForCompletion(operation));
      expect(error).toMatchObject({
        name: 'OutcomeUnknownError',
        reason: 'configuration',
        handle: { id: 'op-1' },
        cause: { name: 'ConfigurationError', field: 'poll' },
      });
      expect(error.message).toContain('must return a status whose state is one of running, succeeded');
      expect(error.message).not.toMatch(/credential/i);
      expect(pollsAt).toHaveLength(1);
    },
  );
});
