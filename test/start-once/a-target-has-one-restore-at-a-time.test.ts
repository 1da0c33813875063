import { RestoreInProgressError } from 'restorekit/errors';
import { waitForCompletion, watch } from 'restorekit/operation';
import { followStart, listStarts, type RestoreStore, settleStart } from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { storeMakers } from './stores.ts';

const other = { key: 'CHANGE-2' };
const third = { key: 'CHANGE-3' };

describe.each(Object.entries(storeMakers))('over the %s', (_, makeStore) => {
  it('a second start on a target with an unfinished restore is refused with its handle', async () => {
    const open = makeStore();
    const here = acme({ store: open() });
    const there = acme({ store: { ...open() } });
    const running = await here.restore();
    const error = await there.restore(other).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(RestoreInProgressError);
    expect(error).toMatchObject({
      code: 'restore-in-progress',
      isRetryable: false,
      key: 'CHANGE-1',
      handle: running.toJSON(),
      target: { system: 'acme', baseUrl: 'https://acme.example.org', instance: 'orders-db' },
    });
    expect(there.vendor.starts).toEqual([]);
    here.succeed();
    await running.poll();
    expect((await there.restore(other)).id).toBe('job-1');
  });

  it('of many keys that race for one target, one starts', async () => {
    const open = makeStore();
    const { restore, vendor } = acme();
    const settled = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => restore({ key: `CHANGE-${index}`, store: { ...open() } })),
    );
    expect(vendor.starts.length).toBe(1);
    const refusals = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refusals.length).toBe(9);
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(RestoreInProgressError);
  });
});

describe('the target is taken', () => {
  it('by a start whose answer was lost: nobody knows whether it runs', async () => {
    const { restore, vendor } = acme();
    await restore({ start: () => Promise.reject(new Error('reset')) }).catch(() => undefined);
    const error = await restore(other).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(RestoreInProgressError);
    expect(error.handle).toBeUndefined();
    expect(vendor.starts).toEqual([]);
  });

  it('by a start that is being sent', async () => {
    const { restore, clock } = acme();
    void restore({ start: () => new Promise(() => {}) });
    await clock.sleep(3_600_000);
    await expect(restore(other)).rejects.toBeInstanceOf(RestoreInProgressError);
  });

  it('by the same baseUrl in other letters', async () => {
    const { restore } = acme();
    await restore();
    const target = { baseUrl: 'https://ACME.example.org:443/', instance: 'orders-db' };
    await expect(restore({ ...other, target })).rejects.toBeInstanceOf(RestoreInProgressError);
  });

  it('still, when one of two that were allowed has ended', async () => {
    const { restore, succeed, vendor } = acme();
    const first = await restore();
    const second = await restore({ ...other, allowConcurrent: true });
    succeed('job-1');
    await first.poll();
    await expect(restore(third)).rejects.toMatchObject({ key: 'CHANGE-2' });
    succeed('job-2');
    await second.poll();
    await restore(third);
    expect(vendor.starts.length).toBe(3);
  });
});

describe('the target is free', () => {
  it.each([
    ['another instance', { instance: 'billing-db' }],
    ['another baseUrl', { instance: 'orders-db', baseUrl: 'https://other.example.org' }],
    ['another system', { instance: 'orders-db', system: 'other' }],
  ])('%s is another target', async (_, target) => {
    const { restore, vendor } = acme();
    await restore();
    await restore({ ...other, target });
    expect(vendor.starts.length).toBe(2);
  });

  it('when told that both may run', async () => {
    const { restore, vendor } = acme();
    await restore();
    await restore({ ...other, allowConcurrent: true });
    expect(vendor.starts.length).toBe(2);
  });

  it('where the client overwrites nothing, unless told otherwise', async () => {
    const { restore, vendor } = acme({ overwritesNothing: true });
    await restore();
    await restore(other);
    expect(vendor.starts.length).toBe(2);
    await expect(restore({ ...third, allowConcurrent: false })).rejects.toBeInstanceOf(RestoreInProgressError);
  });

  it('after the end was seen by a wait', async () => {
    const { restore, succeed } = acme();
    const operation = await restore();
    succeed();
    await waitForCompletion(operation);
    expect((await restore(other)).id).toBe('job-2');
  });

  it('after the end was seen by a watch', async () => {
    const { restore, succeed } = acme();
    const operation = await restore();
    succeed();
    for await (const _ of watch(operation));
    expect((await restore(other)).id).toBe('job-2');
  });

  it('after the end was seen in another process, by the same key', async () => {
    const here = acme();
    await here.restore();
    const there = acme({ store: { ...here.store } });
    there.succeed();
    await (await there.restore()).poll();
    expect((await there.restore(other)).id).toBe('job-1');
  });

  it('after the end was seen through followStart', async () => {
    const { restore, store, client, clock, succeed } = acme();
    await restore();
    const { key } = await restore(other).catch((error) => error);
    const operation = await followStart({ key, store, client, clock });
    expect(operation.id).toBe('job-1');
    succeed();
    await waitForCompletion(operation);
    expect((await restore(other)).id).toBe('job-2');
  });

  it('after a process died that was only preparing: its right to send is taken away', async () => {
    const { restore, store, vendor, clock } = acme();
    let isDead = false;
    let wake = () => {};
    const dying: RestoreStore = {
      ...store,
      compareAndSet: async (name, value, version) => {
        if (value.includes('intended') && !isDead) {
          isDead = true;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        return store.compareAndSet(name, value, version);
      },
    };
    const sleeping = restore({ store: dying, storeTimeoutMs: 3_600_000 });
    await clock.sleep(1_000);
    const began = clock.now();
    expect((await restore(other)).id).toBe('job-1');
    expect(clock.now() - began).toBeGreaterThanOrEqual(5_000);
    // It was not dead after all.
    wake();
    await expect(sleeping).rejects.toBeInstanceOf(RestoreInProgressError);
    expect(vendor.starts.length).toBe(1);
  });
});

it('who writes the intent just when it is taken for dead keeps its right, and the other is refused', async () => {
  const { restore, store, vendor, clock } = acme();
  let wake = () => {};
  const asleep = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const sleeping = restore({
    storeTimeoutMs: 3_600_000,
    store: {
      ...store,
      compareAndSet: async (name, value, version) => {
        if (value.includes('"intended"')) await asleep;
        return store.compareAndSet(name, value, version);
      },
    },
  });
  await clock.sleep(10_000);
  const fencing: RestoreStore = {
    ...store,
    compareAndSet: async (name, value, version) => {
      if (value.includes('died-preparing')) {
        wake();
        await sleeping;
      }
      return store.compareAndSet(name, value, version);
    },
  };
  await expect(restore({ ...other, store: fencing })).rejects.toMatchObject({
    key: 'CHANGE-1',
    handle: { id: 'job-1' },
  });
  expect((await sleeping).id).toBe('job-1');
  expect(vendor.starts.length).toBe(1);
});

it('a refusal frees its own key, so that it may start later', async () => {
  const { restore, succeed, store } = acme();
  const first = await restore();
  await expect(restore(other)).rejects.toBeInstanceOf(RestoreInProgressError);
  expect((await listStarts({ store }).toArray()).find(({ key }) => key === 'CHANGE-2')).toMatchObject({
    state: 'released',
    reason: 'target-in-use',
  });
  succeed();
  await first.poll();
  expect((await restore(other)).id).toBe('job-2');
});

it('what is over leaves nothing behind in the claims of its target', async () => {
  const { restore, store, succeed } = acme();
  const operation = await restore();
  const [name = ''] = await store.list('targets/');
  expect((await store.get(name))?.value).toContain('CHANGE-1');
  succeed();
  await operation.poll();
  expect((await store.get(name))?.value).not.toContain('CHANGE-1');
});

it('an end closes the record also where the wait shares the polls of an operation that knows no store', async () => {
  const { restore, store, client, succeed, clock } = acme();
  const operation = await restore();
  const plain = client.resume(operation.toJSON());
  const waits = [waitForCompletion(plain), waitForCompletion(operation)];
  await clock.sleep(10_000);
  succeed();
  await Promise.all(waits);
  expect((await listStarts({ store }).toArray())[0]?.state).toBe('ended');
});

describe('a person may settle what no program can know', () => {
  const lose = { start: () => Promise.reject(new Error('reset')) };

  it('it was not started: the key may start', async () => {
    const { restore, store } = acme();
    await restore(lose).catch(() => undefined);
    expect(await settleStart({ key: 'CHANGE-1', store, as: 'not-started' })).toMatchObject({ state: 'released' });
    expect((await restore()).id).toBe('job-1');
  });

  it('it is over: the target is free, and the key never starts again', async () => {
    const { restore, store, vendor } = acme();
    await restore(lose).catch(() => undefined);
    expect(await settleStart({ key: 'CHANGE-1', store, as: 'ended' })).toMatchObject({ endedAs: 'settled' });
    await restore(other);
    await expect(restore()).rejects.toMatchObject({ code: 'start-outcome-unknown' });
    expect(vendor.starts.length).toBe(1);
  });

  it('it is this one: the key follows it', async () => {
    const { restore, store, operation, succeed } = acme();
    await restore(lose).catch(() => undefined);
    await settleStart({ key: 'CHANGE-1', store, as: operation('job-77', new Date(0)) });
    const found = await restore();
    expect(found.id).toBe('job-77');
    succeed();
    await found.poll();
    expect((await listStarts({ store }).toArray())[0]?.state).toBe('ended');
  });

  it('a start with a handle can only be settled as over', async () => {
    const { restore, store } = acme();
    await restore();
    await expect(settleStart({ key: 'CHANGE-1', store, as: 'not-started' })).rejects.toMatchObject({ field: 'as' });
    await settleStart({ key: 'CHANGE-1', store, as: 'ended' });
    expect((await restore(other)).id).toBe('job-2');
  });

  it.each(['CHANGE-1', 'CHANGE-9'])('there is nothing to settle under %s', async (key) => {
    const { restore, store, succeed } = acme();
    const operation = await restore();
    succeed();
    await operation.poll();
    await expect(settleStart({ key, store, as: 'ended' })).rejects.toMatchObject({ field: 'key' });
  });
});

describe('followStart', () => {
  it('reports that a start without a handle is unknown', async () => {
    const { restore, store, client } = acme();
    await restore({ start: () => Promise.reject(new Error('reset')) }).catch(() => undefined);
    await expect(followStart({ key: 'CHANGE-1', store, client })).rejects.toMatchObject({
      code: 'start-outcome-unknown',
    });
  });

  it('refuses a key that has started nothing', async () => {
    const { store, client } = acme();
    await expect(followStart({ key: 'CHANGE-1', store, client })).rejects.toMatchObject({ field: 'key' });
  });
});

describe('a process that wakes up late', () => {
  /** A store that holds the first call that matches until it is woken. */
  function holding(store: RestoreStore, matches: (name: string, value: string) => boolean) {
    let wake = () => {};
    let hasHeld = false;
    const hold = async (name: string, value: string) => {
      if (hasHeld || !matches(name, value)) return;
      hasHeld = true;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    };
    const held: RestoreStore = {
      ...store,
      createIfAbsent: async (name, value) => {
        await hold(name, value);
        return store.createIfAbsent(name, value);
      },
      compareAndSet: async (name, value, version) => {
        await hold(name, value);
        return store.compareAndSet(name, value, version);
      },
    };
    return { store: held, wake: () => wake() };
  }

  const losing = { start: () => Promise.reject(new Error('reset')) };

  it('does not take the claim of the one that took its key over', async () => {
    const { restore, store, clock, vendor } = acme();
    const sleeper = holding(store, (_, value) => value.includes('"holders"'));
    const sleeping = restore({ storeTimeoutMs: 3_600_000, store: sleeper.store, ...losing }).catch((error) => error);
    await clock.sleep(6_000);
    await restore({ store: { ...store }, ...losing }).catch(() => undefined);
    sleeper.wake();
    await sleeping;
    await expect(restore({ ...other, store: { ...store } })).rejects.toBeInstanceOf(RestoreInProgressError);
    expect(vendor.starts).toEqual([]);
  });

  it('claims anew after it was taken for dead, so that whoever frees its place is stopped', async () => {
    const { restore, store, clock, vendor } = acme();
    const sleeper = holding(store, (_, value) => value.includes('"intended"'));
    const sleeping = restore({ storeTimeoutMs: 3_600_000, store: sleeper.store }).catch((error) => error);
    await clock.sleep(6_000);
    // Fences the sleeper off, and is held before it takes the sleeper's place.
    const fencer = holding(store, (_, value) => value.includes('"holders":[{"key":"CHANGE-2"'));
    const fencing = restore({ ...other, storeTimeoutMs: 3_600_000, store: fencer.store }).catch((error) => error);
    await clock.sleep(1);
    sleeper.wake();
    await clock.sleep(1);
    fencer.wake();
    await Promise.all([sleeping, fencing]);
    expect(vendor.starts.length).toBe(1);
  });
});
