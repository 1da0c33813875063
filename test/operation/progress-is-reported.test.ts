import { describe, expect, it } from 'vitest';
import { type OperationEvent, waitForCompletion } from '../../src/operation/index.ts';
import { MINUTE } from '../support/durations.ts';
import { running, scriptedOperation, succeeded, takes } from '../support/scripted-operation.ts';

describe('onProgress', () => {
  it('runs after every good poll, changed or not, the terminal one included', async () => {
    const { operation, pollsAt } = scriptedOperation(takes(10 * MINUTE));
    const states: string[] = [];
    await waitForCompletion(operation, { onProgress: ({ state }) => states.push(state) });
    expect(states).toHaveLength(pollsAt.length);
    expect(states.at(-1)).toBe('succeeded');
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('bug');
      },
    ],
    ['rejects', () => Promise.reject(new Error('bug'))],
  ])('that %s ends nothing and is reported', async (_, onProgress) => {
    const events: OperationEvent[] = [];
    const { operation } = scriptedOperation(takes(MINUTE), { onEvent: (event) => events.push(event) });
    expect(await waitForCompletion(operation, { onProgress })).toMatchObject({ state: 'succeeded' });
    await Promise.resolve();
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'handler-error', error: expect.objectContaining({ message: 'bug' }) }),
    );
  });

  it('gets snapshots that cannot be changed', async () => {
    const { operation } = scriptedOperation(takes(MINUTE));
    await waitForCompletion(operation, { onProgress: (status) => expect(Object.isFrozen(status)).toBe(true) });
  });
});

describe('events', () => {
  it('tell polls and outages, with the note of the start', async () => {
    const events: OperationEvent[] = [];
    const { operation } = scriptedOperation(
      (poll) => {
        if (poll.number === 2) throw new Error('lost');
        return poll.number > 3 ? succeeded : { state: 'running', percent: 40 };
      },
      { onEvent: (event) => events.push(event), note: 'TICKET-7' },
    );
    await waitForCompletion(operation);
    expect(events.map(({ type }) => type)).toEqual(['poll', 'outage', 'poll', 'poll', 'wait-ended']);
    expect(events.at(-1)).toMatchObject({ outcome: 'succeeded', polls: 4, note: 'TICKET-7' });
    expect(events[0]).toMatchObject({
      kind: 'made-up/restore',
      id: 'op-1',
      state: 'running',
      percent: 40,
      note: 'TICKET-7',
    });
    expect(operation.toJSON().note).toBe('TICKET-7');
  });

  it('handlers that throw change nothing', async () => {
    const { operation } = scriptedOperation(() => succeeded, {
      onEvent: () => {
        throw new Error('bug');
      },
    });
    expect(await waitForCompletion(operation)).toMatchObject({ state: 'succeeded' });
  });
});

describe('poll()', () => {
  it('is one poll, and says when to poll again while it runs', async () => {
    const { clock, operation, pollsAt } = scriptedOperation(() => running);
    await clock.sleep(100 * MINUTE);
    const status = await operation.poll();
    expect(pollsAt).toHaveLength(1);
    expect(status).toMatchObject({ state: 'running', pollAfterMs: 60_000, steps: [], warnings: [] });
  });

  it("keeps the vendor's longer wish", async () => {
    const { operation } = scriptedOperation(() => ({ state: 'running', pollAfterMs: 300_000 }));
    expect(await operation.poll()).toMatchObject({ pollAfterMs: 300_000 });
  });

  it.each([2 ** 40, Number.POSITIVE_INFINITY])('caps a pause of %s ms', async (pollAfterMs) => {
    const { operation } = scriptedOperation(() => ({ state: 'running', pollAfterMs }));
    expect(await operation.poll()).toMatchObject({ pollAfterMs: 10 * 60_000 });
  });
});
