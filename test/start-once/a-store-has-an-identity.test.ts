import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from 'restorekit/errors';
import { fileStore } from 'restorekit/node';
import { listStarts, objectStore, type RestoreStore } from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { acme } from './acme.ts';
import { bucket, temporaryFolder } from './stores.ts';

const calls: readonly ((store: RestoreStore) => Promise<unknown>)[] = [
  (store) => store.get('a'),
  (store) => store.createIfAbsent('a', 'one'),
  (store) => store.compareAndSet('a', 'two', '1'),
  (store) => store.list(''),
];

async function expectMissing(open: () => RestoreStore): Promise<void> {
  for (const call of calls) {
    await expect(call(open())).rejects.toMatchObject({ code: 'store', reason: 'missing', started: 'no' });
  }
  const { restore, vendor } = acme();
  const error = await restore({ store: open() }).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(StoreError);
  expect(error).toMatchObject({ reason: 'missing', started: 'no' });
  expect(vendor.starts).toEqual([]);
  await expect(listStarts({ store: open() }).toArray()).rejects.toMatchObject({ reason: 'missing' });
}

describe('a file store', () => {
  it('that was never created is missing, and is not created implicitly', async () => {
    const folder = temporaryFolder();
    await expectMissing(() => fileStore(join(folder, 'nowhere')));
    await expectMissing(() => fileStore(folder));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is made once, by create, and opened by everybody', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    const made = fileStore.create(folder);
    await made.createIfAbsent('a', 'one');
    for (const open of [fileStore(folder), fileStore(folder, { create: true }), fileStore.create(folder)]) {
      expect((await open.get('a'))?.value).toBe('one');
    }
  });

  it('whose volume is unmounted while the process lives is missing, and restores nothing again', async () => {
    const base = temporaryFolder();
    const folder = join(base, 'volume');
    const store = fileStore.create(folder);
    const { restore, vendor } = acme();
    await restore({ store });
    renameSync(folder, join(base, 'elsewhere'));
    mkdirSync(folder);
    await expect(restore({ store })).rejects.toMatchObject({ code: 'store', reason: 'missing' });
    await expect(restore({ store: fileStore(folder) })).rejects.toMatchObject({ code: 'store', reason: 'missing' });
    expect(vendor.starts.length).toBe(1);
    // Another store in its place is another store.
    fileStore.create(folder);
    await expect(restore({ store })).rejects.toMatchObject({ code: 'store', reason: 'missing' });
  });

  it.each([{ create: true }, {}])('is not made of a folder that holds something else: %j', async (options) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'photo.jpg'), '');
    const reasons: unknown[] = [];
    try {
      await fileStore(folder, options).get('a');
    } catch (error) {
      expect(error).toBeInstanceOf(StoreError);
      reasons.push((error as StoreError).reason);
    }
    expect(reasons).toEqual([options.create ? 'damaged' : 'missing']);
    expect(readdirSync(folder)).toEqual(['photo.jpg']);
  });

  it('is made although a process that was making it has died', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'restorekit-store.0123456789abcdef.draft'), '{"for');
    expect(await fileStore.create(folder).get('a')).toBeUndefined();
  });

  it('with a marker that cannot be read is damaged', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'restorekit-store.json'), '{"format":"restorekit-file-store","v":2,"id":"x"}');
    await expect(fileStore(folder).get('a')).rejects.toMatchObject({ code: 'store', reason: 'damaged' });
    expect(() => fileStore.create(folder)).toThrow(StoreError);
  });

  it('does not list its marker', async () => {
    const store = fileStore.create(temporaryFolder());
    await store.createIfAbsent('a', 'one');
    expect(await store.list('')).toEqual(['a']);
  });
});

describe('an object store', () => {
  it('that was never made is missing', async () => {
    const empty = bucket();
    await expectMissing(() => objectStore(empty));
    expect(empty.objects.size).toBe(0);
  });

  it('is made once, by create, and opened by everybody', async () => {
    const calls = bucket();
    await (await objectStore.create(calls)).createIfAbsent('a', 'one');
    for (const open of [objectStore(calls), objectStore(calls, { create: true }), await objectStore.create(calls)]) {
      expect((await open.get('a'))?.value).toBe('one');
    }
  });

  it('is not made of a bucket that holds something else', async () => {
    const calls = bucket();
    calls.objects.set('photo.jpg', '');
    await expect(objectStore.create(calls)).rejects.toMatchObject({ code: 'store', reason: 'damaged' });
    await expect(objectStore(calls, { create: true }).get('a')).rejects.toMatchObject({ reason: 'damaged' });
    await expect(objectStore(calls).get('a')).rejects.toMatchObject({ reason: 'missing' });
    expect(calls.objects.size).toBe(1);
  });

  it('that cannot be read at first is asked again', async () => {
    const calls = bucket();
    await objectStore.create(calls);
    let isDown = true;
    const store = objectStore({
      ...calls,
      get: (name) => (isDown ? Promise.reject(new Error('down')) : calls.get(name)),
    });
    await expect(store.get('a')).rejects.toThrow('down');
    isDown = false;
    expect(await store.get('a')).toBeUndefined();
  });
});

it('listStarts reads page by page, in the order of the keys', async () => {
  const { store, client, post, clock, restore } = acme();
  for (let index = 0; index < 230; index += 1) {
    await restore({ key: `key-${String(index).padStart(3, '0')}`, target: `t-${index}`, client, start: post, clock });
  }
  let reads = 0;
  const counted: RestoreStore = {
    ...store,
    get: (name) => {
      reads += 1;
      return store.get(name);
    },
  };
  for await (const { key } of listStarts({ store: counted })) {
    expect(key).toBe('key-000');
    break;
  }
  expect(reads).toBeLessThan(30);
  const keys = (await listStarts({ store }).toArray()).map(({ key }) => key);
  expect(keys).toHaveLength(230);
  expect(keys).toEqual([...keys].sort());
});
