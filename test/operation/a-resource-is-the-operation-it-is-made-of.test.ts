import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { defineOperation, type Operation, waitForCompletion, watch } from '../../src/operation/index.ts';
import { OperationResource } from '../../src/operation/operation-resource.ts';
import { memoryStore, startOnce } from '../../src/start-once/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';

class Room extends OperationResource<string> {
  readonly colour = 'green';
  paint(): string {
    return `${this.id} is ${this.colour}`;
  }
}

function made() {
  const clock = virtualClock();
  let polls = 0;
  const operation: Operation<string> = defineOperation<string>({
    kind: 'acme/room',
    id: 'room-1',
    baseUrl: 'https://acme.example',
    note: 'T-1',
    startedAt: new Date(clock.now()),
    clock,
    handle: { floor: 4 },
    isReady: () => polls === 1,
    poll: () => {
      polls += 1;
      return polls < 3 ? { state: 'running' } : { state: 'succeeded', result: 'painted' };
    },
  });
  return { clock, operation, room: new Room(operation), polls: () => polls };
}

describe('a resource made of an operation', () => {
  it('has its members beside its own', async () => {
    const { operation, room } = made();

    expect(room).toMatchObject({ kind: 'acme/room', id: 'room-1', baseUrl: 'https://acme.example', note: 'T-1' });
    expect(room.startedAt).toEqual(operation.startedAt);
    expect(room.paint()).toBe('room-1 is green');
    expect((await room.poll()).state).toBe('running');
  });

  it('is the same handle in JSON, and shows nothing of its inside', () => {
    const { operation, room } = made();

    expect(JSON.stringify(room)).toBe(JSON.stringify(operation));
    expect(inspect(room)).toMatch(/^Room \{/);
    expect(inspect(room)).toContain("colour: 'green'");
    expect(inspect(room)).not.toContain('floor');
  });

  it('is waited for as the operation is, ready and ended', async () => {
    const { room } = made();

    expect((await waitForCompletion(room, { until: 'ready' })).state).toBe('running');
    expect((await waitForCompletion(room)).result).toBe('painted');
  });

  it('shares what is known with the operation', async () => {
    const { operation, room, polls } = made();

    await Promise.all([waitForCompletion(room), waitForCompletion(operation)]);
    await waitForCompletion(operation);

    expect(polls()).toBe(3);
  });

  it('is watched', async () => {
    const { room } = made();
    const states: string[] = [];

    for await (const { state } of watch(room)) states.push(state);

    expect(states).toEqual(['running', 'succeeded']);
  });

  it('is started once, and stays itself', async () => {
    const { clock, room } = made();
    const client = { baseUrl: 'https://acme.example', kinds: ['acme/room'], resume: () => room };

    const started = await startOnce({
      key: 'A',
      store: memoryStore(),
      client,
      target: '',
      clock,
      start: async () => room,
    });

    expect(started).toBe(room);
    expect((await waitForCompletion(started)).state).toBe('succeeded');
  });
});
