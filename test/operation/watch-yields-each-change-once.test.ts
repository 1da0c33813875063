import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type WatchUpdate, watch } from '../../src/operation/index.ts';
import { HOUR, MINUTE, SECOND } from '../support/durations.ts';
import { rejection } from '../support/rejection.ts';
import { running, scriptedOperation, succeeded } from '../support/scripted-operation.ts';

async function collect(updates: AsyncIterable<WatchUpdate<string>>): Promise<WatchUpdate<string>[]> {
  const all: WatchUpdate<string>[] = [];
  for await (const update of updates) all.push(update);
  return all;
}

describe('watching', () => {
  it('yields every change once and ends with the terminal one', async () => {
    const { operation } = scriptedOperation(({ elapsedMs }) =>
      elapsedMs > 10 * MINUTE
        ? succeeded
        : { state: 'running', percent: Math.floor(elapsedMs / (5 * MINUTE)) * 50, steps: [] },
    );
    const updates = await collect(watch(operation));
    expect(updates.map((update) => [update.state, 'percent' in update ? update.percent : undefined])).toEqual([
      ['running', 0],
      ['running', 50],
      ['succeeded', undefined],
    ]);
  });

  it('tells when the view is lost, and by the next status that it is back', async () => {
    const { operation } = scriptedOperation((poll) => {
      if (poll.elapsedMs > 5 * MINUTE && poll.elapsedMs < 15 * MINUTE) throw new Error('lost');
      return poll.elapsedMs > 20 * MINUTE ? succeeded : running;
    });
    const updates = await collect(watch(operation));
    expect(updates.map(({ state }) => state)).toEqual(['running', 'unreachable', 'running', 'succeeded']);
    expect(updates[1]).toMatchObject({ since: expect.any(Date), error: expect.objectContaining({ message: 'lost' }) });
  });

  it.each(['failed', 'canceled', 'partial'] as const)(
    "yields '%s' as an update, not as an exception",
    async (state) => {
      const ends = { state, failure: { message: 'no', details: 1 }, result: 'half' } as never;
      const { operation } = scriptedOperation(() => ends);
      expect((await collect(watch(operation))).map((update) => update.state)).toEqual([state]);
    },
  );

  it('throws where the end stays unknown', async () => {
    const { operation } = scriptedOperation(() => running);
    const error = await rejection(collect(watch(operation, { timeoutMs: HOUR })));
    expect(error).toMatchObject({ code: 'wait-timeout' });
  });

  it('stops its requests when the consumer leaves the loop', async () => {
    const { clock, operation, pollsAt } = scriptedOperation(({ number }) => ({ state: 'running', percent: number }));
    for await (const update of watch(operation)) if ('percent' in update && update.percent === 3) break;
    const polls = pollsAt.length;
    await clock.sleep(HOUR);
    expect(pollsAt).toHaveLength(polls);
    expect(clock.sleepers).toBe(0);
  });

  it('stops its requests when a consumer leaves while it waits for a change, as streams do', async () => {
    const { clock, operation, pollsAt } = scriptedOperation(() => running);
    const updates = watch(operation);
    await updates.next();
    const pending = updates.next();
    await clock.sleep(MINUTE);
    const polls = pollsAt.length;
    expect(await updates.return()).toEqual({ done: true, value: undefined });
    expect(await pending).toEqual({ done: true, value: undefined });
    await clock.sleep(HOUR);
    expect(pollsAt).toHaveLength(polls);
    expect(clock.sleepers).toBe(0);
  });

  it('stops its requests when the stream that reads it is destroyed', async () => {
    const { clock, operation } = scriptedOperation(() => running);
    const stream = Readable.from(watch(operation));
    stream.resume();
    await clock.sleep(MINUTE);
    stream.destroy();
    await new Promise((resolve) => stream.once('close', resolve));
    expect(clock.sleepers).toBe(0);
  });

  it('merges percent changes for a slow consumer, never states', async () => {
    const { clock, operation } = scriptedOperation((poll) => {
      if (poll.elapsedMs > 10 * MINUTE && poll.elapsedMs < 20 * MINUTE) throw new Error('lost');
      return poll.elapsedMs > HOUR ? succeeded : { state: 'running', percent: poll.elapsedMs / HOUR };
    });
    const states: string[] = [];
    for await (const update of watch(operation, { cadence: () => SECOND })) {
      states.push(update.state);
      await clock.sleep(15 * MINUTE);
    }
    expect(states.length).toBeLessThan(8);
    const changes = states.filter((state, index) => state !== states[index - 1]);
    expect(changes).toEqual(['running', 'unreachable', 'running', 'succeeded']);
  });

  it('does not buffer without bound when the view comes and goes', async () => {
    const { clock, operation } = scriptedOperation((poll) => {
      if (poll.elapsedMs > 24 * HOUR) return succeeded;
      if (poll.number % 2 === 0) throw new Error('lost');
      return running;
    });
    const updates: string[] = [];
    for await (const update of watch(operation, { cadence: () => 10 * SECOND, timeoutMs: 48 * HOUR })) {
      updates.push(update.state);
      if (updates.length === 1) await clock.sleep(25 * HOUR);
    }
    expect(updates.length).toBeLessThan(40);
    expect(updates.at(-1)).toBe('succeeded');
  });

  it('tells the elapsed time, and how long it may still take where the percentage moves', async () => {
    const { operation } = scriptedOperation(({ elapsedMs }) =>
      elapsedMs >= HOUR ? succeeded : { state: 'running', percent: Math.floor((100 * elapsedMs) / HOUR) },
    );
    let isTold = false;
    for await (const update of watch(operation)) {
      if (update.state !== 'running' || update.percent === undefined) continue;
      const elapsedMs = update.elapsedMs;
      if (update.percent > 20 && update.percent < 95) {
        isTold = true;
        const left = HOUR - elapsedMs;
        expect(update.remaining).toBeDefined();
        expect(update.remaining?.lowMs).toBeLessThanOrEqual(left);
        expect(update.remaining?.highMs).toBeGreaterThanOrEqual(left);
        expect(Math.abs((update.remaining?.estimateMs ?? 0) - left)).toBeLessThan(0.15 * HOUR);
      }
    }
    expect(isTold).toBe(true);
  });
});
