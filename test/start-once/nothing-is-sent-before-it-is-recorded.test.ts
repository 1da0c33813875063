import { StoreError } from 'restorekit/errors';
import { waitForCompletion } from 'restorekit/operation';
import { listStarts, memoryStore, type RestoreStore } from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { acme } from './acme.ts';

const stateOf = async (store: RestoreStore) => (await listStarts({ store }).toArray())[0]?.state;

describe('the intent', () => {
  it('is in the store when the request leaves, and the handle when startOnce answers', async () => {
    const { restore, post, store } = acme();
    let seen: unknown;
    const operation = await restore({
      start: async () => {
        [seen] = await listStarts({ store }).toArray();
        return post();
      },
    });
    expect(seen).toMatchObject({ state: 'intended', key: 'CHANGE-1', target: { instance: 'orders-db' } });
    expect(seen).not.toHaveProperty('handle');
    expect((await listStarts({ store }).toArray())[0]).toMatchObject({ state: 'started', handle: operation.toJSON() });
  });

  it('that cannot be written keeps the request from being sent', async () => {
    const { restore, vendor, store } = acme();
    const full = new Error('disk full');
    const failing = { ...store, compareAndSet: () => Promise.reject(full) };
    const error = await restore({ store: failing }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ reason: 'failed', started: 'no', cause: full });
    expect(error.message).toMatch(/Nothing was sent/);
    expect(vendor.starts).toEqual([]);
    await restore();
    expect(vendor.starts).toEqual(['job-1']);
  });
});

/** A process that dies with its `n`-th call of the store: before it takes effect, or after. */
function dyingStore(
  sound: RestoreStore,
  n: number,
  effect: 'before' | 'after',
): RestoreStore & { readonly calls: number } {
  let calls = 0;
  const forever = new Promise<never>(() => {});
  const mortal = async <T>(call: () => Promise<T>): Promise<T> => {
    calls += 1;
    if (calls > n || (calls === n && effect === 'before')) return forever;
    const answer = await call();
    return calls >= n ? forever : answer;
  };
  return {
    get: (name) => mortal(() => sound.get(name)),
    createIfAbsent: (name, value) => mortal(() => sound.createIfAbsent(name, value)),
    compareAndSet: (name, value, version) => mortal(() => sound.compareAndSet(name, value, version)),
    list: (prefix) => mortal(() => sound.list(prefix)),
    get calls() {
      return calls;
    },
  };
}

/** Calls of the store that one start takes, up to its handle. */
const CALLS = 11;

describe.each(['before', 'after'] as const)('a process that dies %s a call of the store takes effect', (effect) => {
  it.each(Array.from({ length: CALLS + 1 }, (_, index) => index + 1))('number %i', async (n) => {
    const sound = memoryStore();
    const { restore, vendor, clock } = acme();
    const dying = dyingStore(sound, n, effect);
    void restore({ store: dying }).catch(() => undefined);
    await clock.sleep(1_000);
    const startedByTheDead = vendor.starts.length;
    const reached = dying.calls;

    const outcome = await restore({ store: sound }).then(
      ({ id }) => id,
      (error) => error.code,
    );
    expect(vendor.starts.length).toBeLessThanOrEqual(1);
    if (startedByTheDead === 1) {
      const isRecorded = (await stateOf(sound)) === 'started';
      expect(outcome).toBe(isRecorded ? 'job-1' : 'start-outcome-unknown');
    } else {
      // Where the intent is written and nothing left, nobody can know.
      expect(outcome).toBe((await stateOf(sound)) === 'intended' ? 'start-outcome-unknown' : 'job-1');
    }
    expect(reached).toBeLessThanOrEqual(CALLS);
  });
});

describe('a handle that the store does not take', () => {
  it('is reported beside the operation, and the key never starts again', async () => {
    const { restore, vendor, store } = acme();
    let isDown = false;
    const failing: RestoreStore = {
      ...store,
      get: async (name) => {
        if (isDown) throw new Error('gone');
        return store.get(name);
      },
    };
    const { post } = acme();
    const errors: StoreError[] = [];
    const operation = await restore({
      store: failing,
      onStoreError: (error) => errors.push(error),
      start: async () => {
        isDown = true;
        vendor.starts.push('job-1');
        return post();
      },
    });
    expect(operation.id).toBe('job-1');
    expect(errors).toMatchObject([
      { code: 'store', reason: 'failed', started: 'yes', handle: { kind: 'acme/restore', id: 'job-1' } },
    ]);
    expect(errors[0]).toBeInstanceOf(StoreError);
    isDown = false;
    await expect(restore()).rejects.toMatchObject({ code: 'start-outcome-unknown' });
    expect(vendor.starts.length).toBe(1);
  });

  it('is written when the store comes back soon', async () => {
    const { restore, store } = acme();
    let failures = 0;
    const flaky: RestoreStore = {
      ...store,
      compareAndSet: async (name, value, version) => {
        if (value.includes('"handle"') && failures++ < 2) throw new Error('try again');
        return store.compareAndSet(name, value, version);
      },
    };
    await restore({ store: flaky });
    expect(await stateOf(store)).toBe('started');
    expect(failures).toBe(3);
  });

  it('is taken for written where a resent write meets itself', async () => {
    const { restore, store, vendor } = acme();
    // As an SDK does that resends a write whose answer was lost.
    const resending: RestoreStore = {
      ...store,
      createIfAbsent: async (name, value) => {
        await store.createIfAbsent(name, value);
        return store.createIfAbsent(name, value);
      },
      compareAndSet: async (name, value, version) => {
        await store.compareAndSet(name, value, version);
        return store.compareAndSet(name, value, version);
      },
    };
    expect((await restore({ store: resending })).id).toBe('job-1');
    expect(await stateOf(store)).toBe('started');
    expect(vendor.starts.length).toBe(1);
  });
});

describe('the end', () => {
  it('closes the record before the poll answers', async () => {
    const { restore, store, succeed } = acme();
    const operation = await restore();
    await operation.poll();
    expect(await stateOf(store)).toBe('started');
    succeed();
    await operation.poll();
    expect((await listStarts({ store }).toArray())[0]).toMatchObject({ state: 'ended', endedAs: 'succeeded' });
  });

  it.each(['failed', 'canceled', 'partial'] as const)('closes the record as %s too', async (state) => {
    const { restore, store, vendor } = acme();
    const operation = await restore();
    vendor.status = { state, result: { done: true }, failure: { message: 'no', details: 0 } } as never;
    await waitForCompletion(operation).catch(() => undefined);
    expect((await listStarts({ store }).toArray())[0]).toMatchObject({ state: 'ended', endedAs: state });
  });

  it('is reported although the store is down, and closes the record at the next poll', async () => {
    const { restore, store, succeed } = acme();
    let isDown = false;
    const errors: unknown[] = [];
    const failing: RestoreStore = {
      ...store,
      compareAndSet: (name, value, version) =>
        isDown ? Promise.reject(new Error('down')) : store.compareAndSet(name, value, version),
    };
    const operation = await restore({ store: failing, onStoreError: (error) => errors.push(error) });
    succeed();
    isDown = true;
    expect((await operation.poll()).state).toBe('succeeded');
    expect(errors).toMatchObject([{ code: 'store', started: 'yes', cause: new Error('down') }]);
    expect(await stateOf(store)).toBe('started');
    isDown = false;
    await operation.poll();
    expect(await stateOf(store)).toBe('ended');
  });
});
