import { StoreError } from 'restorekit/errors';
import { waitForCompletion } from 'restorekit/operation';
import { listStarts, type RestoreStore } from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { acme } from './acme.ts';

const stateOf = async (store: RestoreStore) => (await listStarts({ store }).toArray())[0]?.state;
const forever = () => new Promise<never>(() => {});

/** A store whose writes of matching values do what `act` does: hang, fail, or fail after they have taken effect. */
function failing(
  store: RestoreStore,
  matches: (name: string, value: string) => boolean,
  act: 'hang' | 'fail' | 'fail after' | 'hang after',
) {
  let isSound = false;
  const write = async (name: string, value: string, work: () => Promise<string | undefined>) => {
    if (isSound || !matches(name, value)) return work();
    if (act.endsWith('after')) await work();
    if (act.startsWith('hang')) return forever();
    throw new Error('disk full');
  };
  const faulty: RestoreStore = {
    ...store,
    createIfAbsent: (name, value) => write(name, value, () => store.createIfAbsent(name, value)),
    compareAndSet: (name, value, version) => write(name, value, () => store.compareAndSet(name, value, version)),
  };
  return {
    store: faulty,
    mend: () => {
      isSound = true;
    },
  };
}

const hasHandle = (_: string, value: string) => value.includes('"handle"') && !value.includes('"ended"');
const isEnd = (_: string, value: string) => value.includes('"ended"');
const isIntent = (_: string, value: string) => value.includes('"intended"');

describe.each(['hang', 'fail', 'fail after', 'hang after'] as const)('a store that does this: %s', (act) => {
  it('while the handle is written, holds the operation back no longer than the limit', async () => {
    const { restore, store, clock } = acme();
    const errors: StoreError[] = [];
    const began = clock.now();
    const operation = await restore({
      store: failing(store, hasHandle, act).store,
      storeTimeoutMs: 4_000,
      onStoreError: (error) => errors.push(error),
    });
    expect(operation.id).toBe('job-1');
    expect(clock.now() - began).toBeLessThanOrEqual(4_000);
    if (act === 'fail after') return;
    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeInstanceOf(StoreError);
    expect(errors[0]).toMatchObject({ reason: 'failed', started: 'yes', handle: operation.toJSON() });
  });

  it('while the end is written, delays the verdict no longer than the limit', async () => {
    const { restore, store, clock, succeed } = acme();
    const errors: StoreError[] = [];
    const operation = await restore({
      store: failing(store, isEnd, act).store,
      storeTimeoutMs: 2_000,
      onStoreError: (error) => errors.push(error),
    });
    succeed();
    const began = clock.now();
    expect((await waitForCompletion(operation, { timeoutMs: 30_000 })).state).toBe('succeeded');
    expect(clock.now() - began).toBeLessThanOrEqual(5_000);
    expect(errors[0]).toMatchObject({ code: 'store', started: 'yes', handle: { id: 'job-1' } });
  });

  it('while the intent is written, has sent nothing, says so, and leaves no unknown start', async () => {
    const { restore, store, vendor } = acme();
    const { store: faulty, mend } = failing(store, isIntent, act);
    const error = await restore({ store: faulty }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({
      reason: 'failed',
      started: 'no',
      message: expect.stringContaining('Nothing was sent'),
    });
    expect(vendor.starts).toEqual([]);
    expect(await stateOf(store)).toBe('released');
    mend();
    expect((await restore({ store: { ...store } })).id).toBe('job-1');
  });

  it('while a refusal is written, does not hide it', async () => {
    const { restore, store } = acme();
    const { apiErrorForStatus, markNotStarted } = await import('restorekit/errors');
    const refused = markNotStarted(apiErrorForStatus('no', { status: 409 }));
    const isRelease = (_: string, value: string) => value.includes('"released"');
    const { store: faulty, mend } = failing(store, isRelease, act);
    const start = () => Promise.reject(refused);
    await expect(restore({ store: faulty, start })).rejects.toBe(refused);
    // The process knows what the store may not.
    mend();
    expect((await restore({ store: faulty })).id).toBe('job-1');
  });
});

it('a store that is down from the intent on: the process that sent nothing starts when it is back', async () => {
  const { restore, store, vendor } = acme();
  let isDown = false;
  const unless = <T>(work: () => Promise<T>) => (isDown ? Promise.reject(new Error('down')) : work());
  const flaky: RestoreStore = {
    get: (name) => unless(() => store.get(name)),
    list: (prefix, options) => unless(() => store.list(prefix, options)),
    createIfAbsent: (name, value) => unless(() => store.createIfAbsent(name, value)),
    compareAndSet: async (name, value, version) => {
      const written = await unless(() => store.compareAndSet(name, value, version));
      if (!value.includes('"intended"')) return written;
      isDown = true;
      throw new Error('the answer was lost');
    },
  };
  await expect(restore({ store: flaky })).rejects.toMatchObject({ code: 'store', started: 'no' });
  expect(await stateOf(store)).toBe('intended');
  await expect(restore({ store: flaky })).rejects.toMatchObject({ code: 'store' });
  isDown = false;
  const mended: Partial<RestoreStore> = { compareAndSet: store.compareAndSet };
  Object.assign(flaky, mended);
  // Another key of the same process finds the target free too.
  expect((await restore({ store: flaky, key: 'CHANGE-2' })).id).toBe('job-1');
  expect(vendor.starts).toEqual(['job-1']);
});

describe('an abort', () => {
  it('during the login leaves no unknown start, and rejects with its own reason', async () => {
    const { store, client, clock } = acme();
    const { CloudFoundryClient, uaaPassword } = await import('restorekit/cloud-foundry');
    const { cloudFoundryEmulator } = await import('restorekit/testing');
    const { startOnce } = await import('restorekit/start-once');
    const emulator = cloudFoundryEmulator({ clock });
    const control = new AbortController();
    const reason = new Error('the operator has changed his mind');
    const cf = new CloudFoundryClient({
      baseUrl: client.baseUrl,
      clock,
      auth: uaaPassword({ username: 'admin', password: 'secret' }),
      fetch: async (input: string, init: RequestInit) => {
        if (input.includes('/oauth/token')) control.abort(reason);
        return emulator.fetch(input, init);
      },
    });
    const into = emulator.serviceInstances[0]?.guid ?? '';
    const starting = startOnce({
      key: 'CHANGE-1',
      store,
      client: cf,
      target: into,
      clock,
      signal: control.signal,
      start: (_, { signal }) => cf.serviceInstances.restore({ into, from: 'server-default' }, signal ? { signal } : {}),
    });
    await expect(starting).rejects.toBe(reason);
    expect((await listStarts({ store }).toArray())[0]).toMatchObject({ state: 'released', reason: 'aborted' });
    expect(emulator.restores).toEqual([]);
  });

  it('just after the intent was written sends nothing', async () => {
    const { restore, store, vendor } = acme();
    const control = new AbortController();
    const aborting: RestoreStore = {
      ...store,
      compareAndSet: async (name, value, version) => {
        const written = await store.compareAndSet(name, value, version);
        if (value.includes('"intended"')) control.abort(new Error('enough'));
        return written;
      },
    };
    await expect(restore({ store: aborting, signal: control.signal })).rejects.toThrow('enough');
    expect(vendor.starts).toEqual([]);
    expect(await stateOf(store)).toBe('released');
  });

  it('after the request has left leaves an unknown start', async () => {
    const { restore, store, post } = acme();
    const control = new AbortController();
    const reason = new Error('enough');
    const start = async (_: unknown, { signal }: { readonly signal?: AbortSignal }) => {
      await post();
      control.abort(reason);
      signal?.throwIfAborted();
      throw new Error('not aborted');
    };
    const error = await restore({ signal: control.signal, start }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'start-outcome-unknown', cause: reason });
    expect(await stateOf(store)).toBe('unknown');
  });
});

it.each([0, -1, Number.NaN, '10' as unknown as number])('storeTimeoutMs %s is refused', async (storeTimeoutMs) => {
  await expect(acme().restore({ storeTimeoutMs })).rejects.toMatchObject({ field: 'storeTimeoutMs' });
});
