import type * as NodeFs from 'node:fs';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { temporaryFolder } from './stores.ts';

/** What was asked of the file system that counts after a power cut, in order. */
const calls: string[] = [];
const before: { draft?: () => void; failLink?: string; failWrite?: string } = {};
const opened = new Map<number, string>();

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof NodeFs>();
  const nameOf = (path: unknown) => basename(String(path)).replace(/[0-9a-f]{32}/, 'x');
  return {
    ...fs,
    openSync: (...args: Parameters<typeof fs.openSync>) => {
      const { draft } = before;
      if (draft && String(args[0]).endsWith('.draft')) {
        delete before.draft;
        draft();
      }
      const file = fs.openSync(...args);
      opened.set(file, nameOf(args[0]));
      return file;
    },
    writeSync: (file: number, bytes: Uint8Array, offset: number) => {
      const { failWrite } = before;
      if (failWrite) throw Object.assign(new Error(failWrite), { code: failWrite });
      calls.push(`write ${opened.get(file)}`);
      return fs.writeSync(file, bytes, offset);
    },
    fsyncSync: (file: number) => {
      calls.push(`sync ${opened.get(file)}`);
      fs.fsyncSync(file);
    },
    linkSync: (from: string, to: string) => {
      const { failLink } = before;
      if (failLink) throw Object.assign(new Error(failLink), { code: failLink });
      calls.push(`link ${nameOf(to)}`);
      fs.linkSync(from, to);
    },
  };
});

// Other test files have loaded the store with the real file system, and will want it with that.
vi.resetModules();
const { fileStore } = await import('restorekit/node');
afterAll(() => {
  vi.doUnmock('node:fs');
  vi.resetModules();
});

afterEach(() => {
  calls.length = 0;
  delete before.draft;
  delete before.failLink;
  delete before.failWrite;
});

it('the text is on the disk before it has its number, and the number before the write is told', async () => {
  const store = fileStore.create(temporaryFolder());
  const version = (await store.createIfAbsent('a', 'one')) ?? '';
  expect(calls.slice(-4)).toEqual(['write 1.x.draft', 'sync 1.x.draft', 'link 1.json', 'sync a.x']);
  calls.length = 0;
  await store.compareAndSet('a', 'two', version);
  expect(calls).toEqual(['write 2.x.draft', 'sync 2.x.draft', 'link 2.json', 'sync a.x']);
});

it('a new store is on the disk, with the way to it, before anything in it', async () => {
  const folder = temporaryFolder();
  fileStore.create(`${folder}/one/two`);
  const marker = ['write restorekit-store.x.draft', 'sync restorekit-store.x.draft', 'link restorekit-store.json'];
  expect(calls.slice(0, 6)).toEqual([...marker, 'sync two', 'sync one', `sync ${basename(folder)}`]);
});

it('the first writer syncs the path to the store: the process that created it may have died before', async () => {
  const folder = temporaryFolder();
  fileStore.create(`${folder}/one/two`);
  const writer = fileStore(`${folder}/one/two`);
  const version = (await fileStore(`${folder}/one/two`).createIfAbsent('a', 'one')) ?? '';
  calls.length = 0;
  await writer.compareAndSet('a', 'two', version);
  expect(calls.slice(0, 3)).toEqual(['sync two', 'sync one', `sync ${basename(folder)}`]);
  calls.length = 0;
  await writer.compareAndSet('a', 'three', '2');
  expect(calls).not.toContain('sync one');
});

it('a failed write leaves no draft behind', async () => {
  const folder = temporaryFolder();
  const store = fileStore.create(folder);
  await store.createIfAbsent('a', 'one');
  const [own = ''] = readdirSync(folder).filter((entry) => entry.startsWith('a.'));
  for (const failing of ['failWrite', 'failLink'] as const) {
    before[failing] = 'ENOSPC';
    await expect(store.compareAndSet('a', 'two', '1')).rejects.toMatchObject({ code: 'ENOSPC' });
    delete before[failing];
    expect(readdirSync(join(folder, own))).toEqual(['1.json']);
  }
  before.failWrite = 'ENOSPC';
  expect(() => fileStore.create(join(folder, 'new'))).toThrow('ENOSPC');
  expect(readdirSync(join(folder, 'new'))).toEqual([]);
});

it('a writer that was suspended while its number was taken and freed has lost', async () => {
  const folder = temporaryFolder();
  const sleeper = fileStore.create(folder);
  const others = fileStore(folder);
  const version = (await sleeper.createIfAbsent('a', '0')) ?? '';
  const done: Promise<unknown>[] = [];
  before.draft = () => {
    // Synchronous up to the end, like the sleep of a process.
    let current = version;
    for (let count = 1; count <= 30; count += 1) {
      done.push(others.compareAndSet('a', `${count}`, current));
      current = String(Number(current) + 1);
    }
  };
  expect(await sleeper.compareAndSet('a', 'late', version)).toBeUndefined();
  await Promise.all(done);
  expect(await sleeper.get('a')).toEqual({ value: '30', version: '31' });
});

it('a file system without hard links is named', async () => {
  const store = fileStore.create(temporaryFolder());
  before.failLink = 'ENOTSUP';
  await expect(store.createIfAbsent('a', 'one')).rejects.toThrow(/hard links/);
});
