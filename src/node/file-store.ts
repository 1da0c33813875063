import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { uniqueId } from '../clock/unique-id.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { pageOf } from '../start-once/list-page.ts';
import type { RestoreStore, StoredValue } from '../start-once/restore-store.ts';
import { codeOf, entriesOf, linkNewFile, makeFolder, remove, syncFolder, syncWayTo } from './durable-files.ts';
import { createFileStore, readFileStoreId } from './file-store-marker.ts';

export interface FileStoreOptions {
  /**
   * Makes the store where the folder is empty or not there. Say it once, by hand or in the script that sets a machine up: a
   * service that always says it takes an unmounted volume for a new store, and restores again. @default false
   */
  readonly create?: boolean | undefined;
}

/** Older versions that are kept, so that a writer who slept through some of them finds its number taken. */
const KEPT = 8;
const NUMBER = /^(\d+)\.json$/;
const DRAFT = /^(\d+)\.[0-9a-f]+\.draft$/;
const WITHOUT_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

export interface FileStoreMaker {
  (folder: string, options?: FileStoreOptions): RestoreStore;
  /**
   * Makes the store of a folder that is empty or not there, and opens it; one that is there already is opened.
   * @throws {StoreError} reason 'damaged': the folder is not empty, and has no marker of a store
   */
  create(folder: string): RestoreStore;
}

/**
 * A store in a folder, for processes that share a disk: it survives SIGKILL and power loss. Each name has a folder, each
 * version a file: written and synced under another name, then linked to its number, which only one writer can have; then
 * the folder is synced. So a file is whole or not there, and there is no lock that a dead process could keep.
 *
 * The folder holds a marker. A folder without one is no store, so a volume that is not mounted is not taken for an empty
 * store. The marker is read at each call, since a volume may also go while a process lives.
 *
 * The disk must be one: no folder that a tool copies between machines, and no volume that a snapshot may set back. Nothing
 * may be deleted in it: a record that is gone is a restore that may start again.
 *
 * The calls to the file system are synchronous: some ten writes of a few milliseconds for each restore, and the event loop
 * never turns between a request that waits to be sent and the record of it.
 *
 * Works on Windows, macOS and Linux, and on NFS; needs hard links. Files are readable by their owner only.
 *
 * @example
 * fileStore.create('/var/lib/restores'); // once, when the machine is set up
 * const store = fileStore('/var/lib/restores'); // everywhere
 *
 * @throws {ConfigurationError} no path
 * @throws {StoreError} by each of its calls: reason 'missing' where there is no folder, or no marker in it
 */
export const fileStore: FileStoreMaker = /* @__PURE__ */ Object.assign(
  (folder: string, options: FileStoreOptions = {}): RestoreStore => openFileStore(folder, options.create === true),
  { create: (folder: string): RestoreStore => openFileStore(folder, true) },
);

function openFileStore(folder: unknown, create: boolean): RestoreStore {
  if (typeof folder !== 'string' || folder === '') throw new ConfigurationError('folder', 'must be a path.');
  const root = resolve(folder);
  if (create) createFileStore(root);
  const files = new StoreFiles(root);
  return {
    async get(name) {
      files.check();
      return files.read(name);
    },
    async createIfAbsent(name, value) {
      files.check();
      if (files.read(name)) return undefined;
      files.makeFolderOf(name);
      return files.write(name, value, 1);
    },
    async compareAndSet(name, value, version) {
      files.check();
      return files.read(name)?.version === version ? files.write(name, value, Number(version) + 1) : undefined;
    },
    async list(prefix, options) {
      files.check();
      return pageOf(files.names(), prefix, options);
    },
  };
}

/** The files of one store. */
class StoreFiles {
  readonly #root: string;
  /** The identity that was found first. */
  #id: string | undefined;
  #isWaySynced = false;
  /** The name that a folder stands for, which never changes. */
  readonly #names = new Map<string, string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** @throws {StoreError} reason 'missing': the store is not there, or another one is there now */
  check(): void {
    const id = readFileStoreId(this.#root);
    this.#id ??= id;
    if (id === this.#id) return;
    throw new StoreError(`Another store has taken the place of the one in ${this.#root}.`, { reason: 'missing' });
  }

  read(name: string): StoredValue | undefined {
    const found = latest(this.#folderOf(name));
    return found && { value: found.value, version: String(found.number) };
  }

  names(): readonly string[] {
    return entriesOf(this.#root).flatMap((folder) => {
      const name = this.#names.get(folder) ?? latest(join(this.#root, folder))?.name;
      if (name === undefined) return [];
      this.#names.set(folder, name);
      return [name];
    });
  }

  makeFolderOf(name: string): void {
    makeFolder(this.#folderOf(name));
    // Also where another process has made the folder, and died before it did this.
    syncFolder(this.#root);
  }

  /** Writes a version, unless somebody else has it. */
  write(name: string, value: string, number: number): string | undefined {
    this.#syncWay();
    const folder = this.#folderOf(name);
    const file = join(folder, `${number}.json`);
    try {
      const draft = join(folder, `${number}.${uniqueId()}.draft`);
      if (!linkNewFile(file, draft, JSON.stringify({ name, value }))) return undefined;
    } catch (error) {
      if (!WITHOUT_LINKS.includes(codeOf(error))) throw error;
      throw new StoreError(`${this.#root} is on a file system without hard links.`, { reason: 'failed', cause: error });
    }
    // A newer one was built upon this. Unless it is newer by so many that this number was free only because it was long
    // over and removed.
    const newest = Math.max(number, ...numbersIn(folder));
    if (newest >= number + KEPT) {
      remove(file);
      return undefined;
    }
    syncFolder(folder);
    prune(folder, newest);
    return String(number);
  }

  #folderOf(name: string): string {
    return join(this.#root, folderName(name));
  }

  /** Once in each process that writes. */
  #syncWay(): void {
    if (this.#isWaySynced) return;
    syncFolder(this.#root);
    syncWayTo(this.#root);
    this.#isWaySynced = true;
  }
}

/** Readable, and safe on file systems that ignore case, limit the length or forbid characters. */
function folderName(name: string): string {
  const legible = name.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(0, 60);
  return `${legible}.${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

interface Version {
  readonly number: number;
  readonly name: string;
  readonly value: string;
}

function latest(folder: string): Version | undefined {
  for (;;) {
    const number = Math.max(0, ...numbersIn(folder));
    if (number === 0) return undefined;
    try {
      const { name, value } = JSON.parse(readFileSync(join(folder, `${number}.json`), 'utf8')) as Version;
      return { number, name, value };
    } catch (error) {
      if (error instanceof SyntaxError) {
        throw new StoreError(`The file ${number}.json in ${folder} is damaged.`, { reason: 'damaged', cause: error });
      }
      // Removed since, because there is a newer one.
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}

function numbersIn(folder: string): number[] {
  return entriesOf(folder).flatMap((entry) => {
    const number = NUMBER.exec(entry)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

/** Removes what is long over, and the drafts of processes that died. A draft of an old number cannot win any more. */
function prune(folder: string, newest: number): void {
  for (const entry of entriesOf(folder)) {
    const number = Number(NUMBER.exec(entry)?.[1] ?? Number.NaN);
    const draftOf = Number(DRAFT.exec(entry)?.[1] ?? Number.NaN);
    if (number <= newest - KEPT || draftOf <= newest) remove(join(folder, entry));
  }
}
