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

/** Error codes of folders that this user may not open, and of file systems that cannot sync a folder. */
const NOT_TO_BE_SYNCED: readonly unknown[] = ['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EROFS', 'EISDIR'];

/** The code of an error of the file system, such as ENOENT. */
export function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null)?.code;
}

/** Returns undefined if the file does not exist. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Returns an empty list if the folder does not exist. */
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
 * Writes a file completely or not at all. It is written and synced as a draft, then linked to its own name, which only
 * one writer can get. Returns whether this writer got it. The draft is always removed. The entry in the folder is
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
    // Another writer has the name, or has removed the draft after writing a newer file.
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

/** Makes the entries of a folder durable. Windows has no such call and does not need it. */
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
 * Makes all parent folders of a folder durable, because the process that made one of them may have died before it
 * synced its parent. Folders that this user may not open are skipped, because this user did not make them.
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

/** Makes a folder and its parents, which only their owner can access. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}
