import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors/index.ts';
import { memoryStore } from '../../src/start-once/index.ts';
import type { VeeamM365Scenario } from '../../src/testing/veeam-m365/scenario.ts';
import type { RestoreManyOptions, RestoreSession, StoredItem } from '../../src/veeam-m365/index.ts';
import { rejection } from '../support/rejection.ts';
import { stage } from './stage.ts';

const DRIVE = '8507931c-4561-4ddf-bc90-000000000001';

async function documentsOf(session: RestoreSession) {
  return session.oneDrives.documents.list(DRIVE).toArray();
}

function staged(session: RestoreSession, items: readonly StoredItem[], more: Partial<RestoreManyOptions<StoredItem>>) {
  return {
    key: 'CHANGE-4711',
    store: memoryStore(),
    items,
    restore: ({ id }: StoredItem) =>
      session.oneDrives.documents.restore(DRIVE, id, { documentAction: 'overwrite' as const }),
    ...more,
  };
}

async function opened(scenario: VeeamM365Scenario = {}) {
  const all = stage('v6', { itemsPerThing: 30, ...scenario });
  const session = await all.open('onedrive');
  const items = await documentsOf(session);
  const restores = () => all.emulator.requests.filter(({ operationId }) => operationId === 'restoreOneDriveDocument');
  return { ...all, session, items, restores };
}

describe('restoreMany', () => {
  it('restores each item once, and sums up', async () => {
    const { session, items, emulator, restores } = await opened();

    const done = await session.restoreMany(staged(session, items, {}));

    expect(done).toMatchObject({ state: 'succeeded', restored: 25, errors: [], storeErrors: [] });
    expect(done.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(restores()).toHaveLength(30);
    expect(Object.keys(emulator.oneDrives[0]?.items ?? {})).toHaveLength(30);
  });

  it('after a crash, a rerun goes on with the rest, and sends nothing twice', async () => {
    const { session, items, open, restores, emulator } = await opened();
    const store = memoryStore();
    const crash = new Error('the process died');
    let left = 12;
    const dying = staged(session, items, {
      store: {
        ...store,
        get: store.get.bind(store),
        createIfAbsent: (name, value) => {
          left -= 1;
          return left < 0 ? Promise.reject(crash) : store.createIfAbsent(name, value);
        },
        compareAndSet: store.compareAndSet.bind(store),
      },
    });
    await rejection(session.restoreMany(dying));
    expect(restores()).toHaveLength(12);

    const again = await open('onedrive');
    const done = await again.restoreMany(staged(again, items, { store }));

    expect(done.state).toBe('succeeded');
    expect(done.items.filter(({ wasDone }) => wasDone)).toHaveLength(12);
    expect(restores()).toHaveLength(30);
    expect(Object.keys(emulator.oneDrives[0]?.items ?? {})).toHaveLength(30);

    const third = await again.restoreMany(staged(again, items, { store }));
    expect(third.items.every(({ wasDone }) => wasDone)).toBe(true);
    expect(restores()).toHaveLength(30);
  });

  it('follows a restore whose process died while it ran', async () => {
    const { session, items, restores, clock } = await opened({ mailboxRestore: { durationMs: 3_600_000 } });
    const store = memoryStore();
    const control = new AbortController();
    const running = session.restoreMany(staged(session, items.slice(0, 1), { store, signal: control.signal }));
    await clock.sleep(60_000);
    control.abort(new Error('killed'));
    await rejection(running);

    const done = await session.restoreMany(staged(session, items.slice(0, 1), { store }));

    expect(done.items).toMatchObject([{ state: 'succeeded', wasDone: false }]);
    expect(restores()).toHaveLength(1);
  });

  it('never sends again what may have been sent without a record of it', async () => {
    const { session, items, restores } = await opened();
    const store = memoryStore();
    const [first] = items;
    await store.createIfAbsent(`restore-many/CHANGE-4711/${first?.id}`, JSON.stringify({ v: 1, is: 'intent' }));

    const done = await session.restoreMany(staged(session, items.slice(0, 2), { store }));

    expect(done.state).toBe('partial');
    expect(done.items.map(({ state }) => state)).toEqual(['unknown', 'succeeded']);
    expect(restores()).toHaveLength(1);
  });

  it('tries again what was refused', async () => {
    const { session, items, restores } = await opened();
    const store = memoryStore();
    const wrong = staged(session, items.slice(0, 1), {
      store,
      restore: ({ id }) => session.oneDrives.documents.restore(DRIVE, id, { documentAction: 'shred' as 'keep' }),
    });

    expect((await session.restoreMany(wrong)).items).toMatchObject([{ state: 'not-started' }]);
    expect((await session.restoreMany(staged(session, items.slice(0, 1), { store }))).state).toBe('succeeded');
    expect(restores()).toHaveLength(1);
  });

  it('counts what failed, and goes on', async () => {
    const { session, items, restores } = await opened({ mailboxRestore: { failedItems: 'all' } });

    const done = await session.restoreMany(staged(session, items.slice(0, 3), {}));

    expect(done).toMatchObject({ state: 'failed', failed: 3 });
    expect(done.errors).toHaveLength(3);
    expect(restores()).toHaveLength(3);
  });

  it('a store that fails after a start holds back no result', async () => {
    const { session, items } = await opened();
    const store = memoryStore();
    const broken = { ...store, get: store.get.bind(store), createIfAbsent: store.createIfAbsent.bind(store) };
    const options = staged(session, items.slice(0, 2), {
      store: { ...broken, compareAndSet: () => Promise.reject(new Error('disk full')) },
    });

    const done = await session.restoreMany(options);

    expect(done.items.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    expect(done.storeErrors).toHaveLength(2);
  });

  it.each([
    ['key', { key: '' }],
    ['store', { store: {} }],
    ['items', { items: 'all' }],
    ['items', { items: [{ id: 'a' }, { id: 'a' }] }],
    ['items[0].id', { items: [{}] }],
    ['concurrency', { concurrency: 0 }],
  ])('a wrong %s is refused before anything is written', async (field, wrong) => {
    const { session, items, restores } = await opened();

    const error = await rejection(session.restoreMany({ ...staged(session, items, {}), ...(wrong as object) }));

    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).field).toBe(field);
    expect(restores()).toEqual([]);
  });
});
