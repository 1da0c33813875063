import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { uniqueId } from '../clock/unique-id.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import type { RestoreStore, StoredValue } from '../start-once/restore-store.ts';

/** Older versions that are kept, so that a writer who slept through some of them finds its number taken. */
const KEPT = 8;
const NUMBER = /^(\d+)\.json$/;
const DRAFT = /^(\d+)\.[0-9a-f]+\.draft$/;

/**
 * A store in a folder, for processes that share a disk: it survives SIGKILL and power loss. Each name has a folder, each
 * version a file: written and synced under another name, then linked to its number, which only one writer can have; then
 * the folder is synced. So a file is whole or not there, and there is no lock that a dead process could keep.
 *
 * The calls to the file system are synchronous: some five writes of a few milliseconds for each restore, and the event
 * loop never turns between a request that waits to be sent and the record of it.
 *
 * Works on Windows, macOS and Linux, and on NFS; needs hard links. Files are readable by their owner only.
 */
export function fileStore(directory: string): RestoreStore {
  if (typeof directory !== 'string' || directory === '') throw new ConfigurationError('directory', 'must be a path.');
  const root = resolve(directory);
  const folderOf = (name: string) => join(root, folderName(name));

  const read = (name: string): StoredValue | undefined => {
    const found = latest(folderOf(name));
    return found && { value: found.value, version: String(found.number) };
  };

  /** Writes a version, unless somebody else has it. */
  const write = (name: string, value: string, number: number): string | undefined => {
    const folder = folderOf(name);
    const draft = join(folder, `${number}.${uniqueId()}.draft`);
    const file = join(folder, `${number}.json`);
    writeSynced(draft, JSON.stringify({ name, value }));
    try {
      linkSync(draft, file);
    } catch (error) {
      if (['EEXIST', 'ENOENT'].includes(codeOf(error))) return undefined;
      if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))) {
        throw new ConfigurationError('directory', `${root} is on a file system without hard links.`, { cause: error });
      }
      throw error;
    } finally {
      remove(draft);
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
  };

  return {
    async get(name) {
      return read(name);
    },
    async createIfAbsent(name, value) {
      if (read(name)) return undefined;
      makeFolder(folderOf(name));
      return write(name, value, 1);
    },
    async compareAndSet(name, value, version) {
      const current = read(name);
      return current?.version === version ? write(name, value, Number(version) + 1) : undefined;
    },
    async list(prefix) {
      const names: string[] = [];
      for (const folder of entriesOf(root)) {
        const name = latest(join(root, folder))?.name;
        if (name?.startsWith(prefix)) names.push(name);
      }
      return names;
    },
  };
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

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return [];
    throw error;
  }
}

/** Removes what is long over, and the drafts of processes that died. A draft of an old number cannot win any more. */
function prune(folder: string, newest: number): void {
  for (const entry of entriesOf(folder)) {
    const number = Number(NUMBER.exec(entry)?.[1] ?? Number.NaN);
    const draftOf = Number(DRAFT.exec(entry)?.[1] ?? Number.NaN);
    if (number <= newest - KEPT || draftOf <= newest) remove(join(folder, entry));
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function writeSynced(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the entries of a folder durable. Windows has no such call, and its journal needs none. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a folder with those above it, durably, also where another process has made it just now. */
function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
  const top = dirname(first ?? folder);
  let above = folder;
  do {
    above = dirname(above);
    syncFolder(above);
  } while (above !== top);
}

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown } | null)?.code);
}
