import { waitForCompletion, watch } from 'restorekit/operation';
import { followStart, type RestoreStore } from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { acme } from './acme.ts';

const MINUTE = 60_000;

/** Restores one after another on one target; each takes so many minutes. */
async function restores(vendor: ReturnType<typeof acme>, minutes: readonly number[]): Promise<void> {
  for (const [index, each] of minutes.entries()) {
    const operation = await vendor.restore({ key: `CHANGE-${index}` });
    const wait = waitForCompletion(operation);
    await vendor.clock.sleep(each * MINUTE);
    vendor.succeed(operation.id);
    await wait;
  }
}

async function usualOf(vendor: ReturnType<typeof acme>, key = 'CHANGE-NEXT') {
  const operation = await vendor.restore({ key });
  for await (const update of watch(operation)) return 'usual' in update ? update.usual : undefined;
  return undefined;
}

describe('the durations of the last restores on a target', () => {
  it('are known to the next restore of the target, in any process', async () => {
    const vendor = acme();
    await restores(vendor, [40, 44, 50]);
    const later = acme({ store: vendor.store, clock: vendor.clock });
    const usual = await usualOf(later);
    expect(usual?.restores).toBe(3);
    expect(usual?.lowMs).toBeGreaterThanOrEqual(40 * MINUTE);
    expect(usual?.highMs).toBeLessThan(52 * MINUTE);
  });

  it('make the next wait see the end sooner', async () => {
    const late = async (before: readonly number[]) => {
      const vendor = acme();
      await restores(vendor, before);
      const operation = await vendor.restore({ key: 'CHANGE-NEXT' });
      const wait = waitForCompletion(operation);
      await vendor.clock.sleep(46 * MINUTE);
      vendor.succeed(operation.id);
      return (await wait).elapsedMs - 46 * MINUTE;
    };
    expect(await late([45, 46, 47, 46, 45])).toBeLessThan(Math.min(20_000, await late([])));
  });

  it('are known to a call that follows a start, and to a rerun of its key', async () => {
    const vendor = acme();
    await restores(vendor, [40, 44, 50]);
    await vendor.restore({ key: 'CHANGE-NEXT' });
    expect((await usualOf(vendor))?.restores).toBe(3);
    const { store, client, clock } = vendor;
    const followed = await followStart({ key: 'CHANGE-NEXT', store, client, clock });
    for await (const update of watch(followed)) {
      expect(update).toHaveProperty('usual');
      break;
    }
  });

  it('are those of this target alone', async () => {
    const vendor = acme();
    await restores(vendor, [40, 44, 50]);
    const operation = await vendor.restore({ key: 'OTHER', target: { instance: 'other-db' } });
    for await (const update of watch(operation)) {
      expect(update).not.toHaveProperty('usual');
      break;
    }
  });

  it('are the last ten', async () => {
    const vendor = acme();
    await restores(vendor, [5, 5, 30, 30, 31, 32, 30, 31, 32, 30, 31, 32]);
    const usual = await usualOf(vendor);
    expect(usual?.restores).toBe(10);
    expect(usual?.lowMs).toBeGreaterThanOrEqual(30 * MINUTE);
  });

  it('leave out a restore that failed', async () => {
    const vendor = acme();
    await restores(vendor, [40, 44]);
    const operation = await vendor.restore({ key: 'CHANGE-FAILS' });
    const wait = waitForCompletion(operation).catch(() => undefined);
    await vendor.clock.sleep(MINUTE);
    vendor.vendor.statuses.set(operation.id, {
      state: 'failed',
      failure: { message: 'disk full', details: undefined },
    });
    await wait;
    expect(await usualOf(vendor)).toBeUndefined();
  });

  it('leave out a restore whose end was seen long after it was last seen running', async () => {
    const vendor = acme();
    await restores(vendor, [40, 44]);
    const operation = await vendor.restore({ key: 'CHANGE-LATE' });
    await operation.poll();
    await vendor.clock.sleep(600 * MINUTE);
    vendor.succeed(operation.id);
    await operation.poll();
    expect(await usualOf(vendor)).toBeUndefined();
  });

  it('cost no further call of the store at a start and at an end', async () => {
    const calls: string[] = [];
    const vendor = acme();
    const counted = new Proxy(vendor.store, {
      get: (store, name) => {
        const value = Reflect.get(store, name, store);
        if (typeof value !== 'function') return value;
        return (...args: readonly unknown[]) => {
          if (String(args[0]).startsWith('targets/')) calls.push(String(name));
          return value.apply(store, args);
        };
      },
    }) as RestoreStore;
    await restores(acme({ store: counted, clock: vendor.clock }), [40]);
    expect(calls).toEqual(['get', 'createIfAbsent', 'get', 'compareAndSet']);
  });

  it('that a store cannot answer keep no operation back', async () => {
    const vendor = acme();
    await restores(vendor, [40, 44, 50]);
    await vendor.restore({ key: 'CHANGE-NEXT' });
    const { get } = vendor.store;
    vendor.store.get = async (name) => {
      if (name.startsWith('targets/')) throw new Error('connection reset');
      return get.call(vendor.store, name);
    };
    expect((await vendor.restore({ key: 'CHANGE-NEXT' })).id).toBe('job-4');
  });
});
