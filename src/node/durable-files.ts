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
import { dirname } from 'node:path';

/** Folders that this user may not open, and file systems without such a call. */
const NOT_TO_BE_SYNCED: readonly unknown[] = ['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EROFS', 'EISDIR'];

/** The code of an error of the file system, such as ENOENT. */
export function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null)?.code;
}

/** undefined where there is no such file. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Empty where there is no such folder. */
export function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}

export function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/**
 * Writes a file whole or not at all: under the name of a draft, synced, then linked to its own name, which only one writer
 * can have. Answers whether it was this one. The draft is gone afterwards, whatever happened. The entry in the folder is
 * durable after `syncFolder`.
 */
export function linkNewFile(file: string, draft: string, text: string): boolean {
  try {
    writeSynced(draft, text);
    return linked(draft, file);
  } finally {
    remove(draft);
  }
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    // Somebody else has the name, or has removed the draft after writing a newer file.
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') return false;
    throw error;
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
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Makes the way to a folder durable, from the root of the file system: whoever has made one of the folders may have died
 * before it synced the one above. A folder that this user may not open was not made by this user.
 */
export function syncWayTo(folder: string): void {
  for (let above = dirname(folder); ; above = dirname(above)) {
    try {
      syncFolder(above);
    } catch (error) {
      if (!NOT_TO_BE_SYNCED.includes(codeOf(error))) throw error;
    }
    if (above === dirname(above)) return;
  }
}

/** Makes a folder with those above it; for their owner only. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}
