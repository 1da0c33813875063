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
   * Creates the store if the folder is empty or missing. Set it once only, by hand or in the script that sets up the
   * machine. A service that always sets it would take an unmounted volume for a new store and restore again. @default
   * false
   */
  readonly create?: boolean | undefined;
}

/** How many older versions are kept, so that a delayed writer finds its number taken. */
const KEPT = 8;
const NUMBER = /^(\d+)\.json$/;
const DRAFT = /^(\d+)\.[0-9a-f]+\.draft$/;
const WITHOUT_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

export interface FileStoreMaker {
  (folder: string, options?: FileStoreOptions): RestoreStore;
  /**
   * Creates the store of a folder that is empty or missing, and opens it. An existing store is opened.
   * @throws {StoreError} reason 'damaged': the folder is not empty and has no marker of a store
   */
  create(folder: string): RestoreStore;
}

/**
 * A store in a folder, for processes that share a disk. It survives SIGKILL and power loss. Each name has a folder,
 * and each version is a file: it is written and synced under another name, then linked to its number, which only one
 * writer can get, and then the folder is synced. So a file is complete or does not exist, and there is no lock that a
 * dead process could hold.
 *
 * The folder holds a marker. A folder without a marker is no store, so an unmounted volume does not count as an empty
 * store. The marker is read at each call, because a volume may also be unmounted while a process runs.
 *
 * All processes must use the same disk, not a folder that a tool copies between machines. The volume must not be set
 * back to a snapshot, and nothing may be deleted in it: if a record is lost, its restore may start again.
 *
 * The calls to the file system are synchronous. A restore takes about ten writes of a few milliseconds.
 *
 * It works on Windows, macOS, Linux and NFS, and needs hard links. Only their owner can read the files.
 *
 * @example
 * fileStore.create('/var/lib/restores'); // once, when the machine is set up
 * const store = fileStore('/var/lib/restores'); // everywhere
 *
 * @throws {ConfigurationError} `folder` is no path
 * @throws {StoreError} from each call of the store: reason 'missing' if there is no folder or no marker in it
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
  /** The id of the store at the first call. */
  #id: string | undefined;
  #isWaySynced = false;
  /** Names by folder. They never change. */
  readonly #names = new Map<string, string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** @throws {StoreError} reason 'missing': there is no store, or it is another one than at the first call */
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
    // Needed even if another process made the folder, because it may have died before it did this.
    syncFolder(this.#root);
  }

  /** Writes a version, unless another writer got its number. */
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
    // If a much newer version exists, this number was free only because its file had been removed.
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

  /** Done once in each process that writes. */
  #syncWay(): void {
    if (this.#isWaySynced) return;
    syncFolder(this.#root);
    syncWayTo(this.#root);
    this.#isWaySynced = true;
  }
}

/**
 * Makes a readable name for a folder that is safe on file systems that ignore case, limit the length or forbid
 * characters.
 */
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
      // The file was removed meanwhile, because there is a newer one.
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

/** Removes old versions and the drafts of dead processes. A draft with an old number can no longer be linked. */
function prune(folder: string, newest: number): void {
  for (const entry of entriesOf(folder)) {
    const number = Number(NUMBER.exec(entry)?.[1] ?? Number.NaN);
    const draftOf = Number(DRAFT.exec(entry)?.[1] ?? Number.NaN);
    if (number <= newest - KEPT || draftOf <= newest) remove(join(folder, entry));
  }
}
