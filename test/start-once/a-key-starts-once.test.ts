import { KeyMismatchError, OperationFailedError, StoreError } from 'restorekit/errors';
import { waitForCompletion } from 'restorekit/operation';
import { listStarts, type RestoreStore, startOnce } from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { storeMakers } from './stores.ts';

describe('the same key', () => {
  it('answers the running operation', async () => {
    const { restore, vendor } = acme();
    const first = await restore();
    const second = await restore();
    expect(second.toJSON()).toEqual(first.toJSON());
    expect((await second.poll()).state).toBe('running');
    expect(vendor.starts).toEqual(['job-1']);
  });

  it('answers the finished operation, and does not start again', async () => {
    const { restore, vendor, succeed } = acme();
    succeed();
    await waitForCompletion(await restore());
    const again = await restore();
    expect((await waitForCompletion(again)).state).toBe('succeeded');
    expect(vendor.starts).toEqual(['job-1']);
  });

  it.each([
    [
      'succeeded',
      { state: 'succeeded', result: { done: true, dataAsOf: new Date(0) }, warnings: [{ message: 'late' }] },
    ],
    ['failed', { state: 'failed', failure: { message: 'no space', code: '7', details: { huge: 'answer' } } }],
  ] as const)('answers how it ended although the vendor has forgotten it: %s', async (state, status) => {
    const here = acme();
    const running = await here.restore();
    here.vendor.status = status;
    await running.poll();
    const there = acme({ store: here.store });
    there.vendor.status = { state: 'running' };
    const again = await there.restore();
    const told = await waitForCompletion(again).catch((error) => error);
    if (state === 'succeeded') {
      expect(told).toMatchObject({ state, result: status.result, warnings: status.warnings });
      expect((await again.poll()).state).toBe(state);
    } else {
      expect(told).toBeInstanceOf(OperationFailedError);
      expect(told).toMatchObject({ failure: { message: 'no space', code: '7' } });
    }
    expect(there.vendor.polls).toBe(0);
    const [record] = await listStarts({ store: here.store }).toArray();
    expect(JSON.stringify(record)).not.toContain('huge');
  });

  it('asks the vendor where the end is no plain data', async () => {
    const here = acme();
    const running = await here.restore();
    here.vendor.status = { state: 'succeeded', result: { done: true, by: () => 'a function' } as { done: true } };
    await running.poll();
    await here.restore().then((again) => again.poll());
    expect(here.vendor.polls).toBe(2);
  });

  it('answers in another process, by the handle that was recorded', async () => {
    const here = acme();
    await here.restore({ note: 'CHANGE-1, second try' });
    const there = acme({ store: here.store });
    expect((await there.restore()).id).toBe('job-1');
    expect(there.vendor.starts).toEqual([]);
    const [record] = await listStarts({ store: here.store }).toArray();
    expect(record).toMatchObject({
      key: 'CHANGE-1',
      state: 'started',
      target: { system: 'acme', baseUrl: 'https://acme.example.org', instance: 'orders-db' },
      handle: { v: 1, kind: 'acme/restore', id: 'job-1' },
      note: 'CHANGE-1, second try',
    });
  });

  it('is refused for another target', async () => {
    const { restore, vendor } = acme();
    await restore();
    const error = await restore({ target: 'billing-db' }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(KeyMismatchError);
    expect(error).toMatchObject({ code: 'key-mismatch', key: 'CHANGE-1', differs: 'target', started: 'no' });
    expect(error.message).toMatch(/orders-db, not of .*billing-db/);
    expect(vendor.starts.length).toBe(1);
  });

  it('keeps the type and the identity of what the start call answered', async () => {
    const { restore, post } = acme();
    let made: unknown;
    const operation = await restore({
      start: async () => {
        made = await post();
        return made as Awaited<ReturnType<typeof post>>;
      },
    });
    expect(operation).toBe(made);
  });

  it('gives the start call its key, note and signal', async () => {
    const { restore, post } = acme();
    const control = new AbortController();
    const reason = new Error('enough');
    let context: unknown;
    let input: unknown = 'not called';
    await restore({
      note: 'CHANGE-1',
      signal: control.signal,
      start: (...received) => {
        [input, context] = received;
        control.abort(reason);
        return post();
      },
    });
    expect(input).toBeUndefined();
    expect(context).toEqual({ key: 'CHANGE-1', note: 'CHANGE-1', signal: expect.any(AbortSignal) });
    expect((context as { signal: AbortSignal }).signal.aborted).toBe(true);
  });
});

describe.each(Object.entries(storeMakers))('racing on one key, over the %s', (_, makeStore) => {
  it('many calls in one process start once', async () => {
    const { restore, vendor } = acme({ store: makeStore()() });
    const operations = await Promise.all(Array.from({ length: 10 }, () => restore()));
    expect(new Set(operations.map(({ id }) => id))).toEqual(new Set(['job-1']));
    expect(vendor.starts.length).toBe(1);
  });

  it('many processes start once', async () => {
    const open = makeStore();
    // Each opening is another object, as in another process.
    const opening = (): RestoreStore => ({ ...open() });
    const { restore, vendor } = acme();
    const operations = await Promise.all(Array.from({ length: 10 }, () => restore({ store: opening() })));
    expect(new Set(operations.map(({ id }) => id))).toEqual(new Set(['job-1']));
    expect(vendor.starts.length).toBe(1);
  });
});

describe('a start that takes its time', () => {
  it('makes another process wait, up to starterPatienceMs', async () => {
    const { restore, post, store, vendor, clock } = acme();
    const slow = restore({
      start: async () => {
        await clock.sleep(8_000);
        return post();
      },
    });
    await clock.sleep(100);
    const other = restore({ store: { ...store } });
    expect((await other).id).toBe((await slow).id);
    expect(vendor.starts.length).toBe(1);
  });

  it('is unknown to another process after that time, and known to both when it is answered', async () => {
    const { restore, post, store, vendor, clock } = acme();
    const slow = restore({
      start: async () => {
        await clock.sleep(60_000);
        return post();
      },
    });
    await clock.sleep(100);
    const began = clock.now();
    await expect(restore({ store: { ...store }, starterPatienceMs: 3_000 })).rejects.toMatchObject({
      code: 'start-outcome-unknown',
    });
    expect(clock.now() - began).toBeLessThanOrEqual(3_000);
    expect((await slow).id).toBe('job-1');
    expect((await restore({ store: { ...store } })).id).toBe('job-1');
    expect(vendor.starts.length).toBe(1);
  });
});

describe('wrong options are refused before anything is written or sent', () => {
  it.each([
    ['key', { key: '' }],
    ['key', { key: '\ud800' }],
    ['key', { key: 'k'.repeat(2_000) }],
    ['store', { store: {} as RestoreStore }],
    ['target.baseUrl', { target: { baseUrl: '' } }],
    ['target.instance', { target: { instance: 7 as unknown as string } }],
    ['start', { start: undefined as unknown as () => never }],
    ['client', { client: undefined as never }],
  ])('%s', async (field, wrong) => {
    const { restore, vendor, store } = acme();
    await expect(restore(wrong)).rejects.toMatchObject({ code: 'configuration', field });
    expect(vendor.starts).toEqual([]);
    expect(await store.list('')).toEqual([]);
  });

  it.each(['damaged', '{}', '{"v":2,"key":"CHANGE-1","state":"released"}', 'null'])(
    'a record that cannot be read (%s) allows nothing',
    async (text) => {
      const { restore, vendor, store } = acme();
      await store.createIfAbsent('starts/CHANGE-1.json', text);
      const error = await restore().catch((thrown) => thrown);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({ code: 'store', reason: 'damaged', started: 'unknown' });
      expect(vendor.starts).toEqual([]);
    },
  );
});

it('is callable with what a client and a text are', async () => {
  const { store, client, post } = acme();
  const operation = await startOnce({ key: 'k', store, client, target: 'orders-db', start: post });
  expect(operation.id).toBe('job-1');
});
