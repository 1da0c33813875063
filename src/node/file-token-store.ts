import { statSync } from 'node:fs';
import type { TokenStore } from '../auth/token-store.ts';
import { requireText } from '../errors/require.ts';
import { StoreError } from '../errors/store-error.ts';
import { fileStore } from './file-store.ts';

const WRITABLE_BY_OTHERS = 0o022;

/**
 * A token store in a folder, for all processes of one account that share a disk. Each record is a file with mode 0600 in
 * a folder with mode 0700, so that only its owner can read it. A record is complete or does not exist, and there is no
 * lock that a dead process could hold. The last versions of a record are kept, with tokens that were used.
 *
 * The folder is made if it is missing. It must hold nothing else, and must not be in a backup or in version control.
 *
 * @example
 * const store = fileTokenStore('/var/lib/restores/tokens');
 *
 * @throws {ConfigurationError} `folder` is no path
 * @throws {StoreError} the folder holds other files, or others may write in it
 */
export function fileTokenStore(folder: string): TokenStore {
  const store = fileStore.create(requireText('folder', folder));
  requireOwn(folder);
  return {
    read: (name) => store.get(name),
    replace: (name, value, version) =>
      version === undefined ? store.createIfAbsent(name, value) : store.compareAndSet(name, value, version),
  };
}

function requireOwn(folder: string): void {
  // Windows has other rights than a mode.
  if (process.platform === 'win32' || (statSync(folder).mode & WRITABLE_BY_OTHERS) === 0) return;
  throw new StoreError(`Other accounts may write in ${folder}, so they could exchange the tokens: chmod 700.`, {
    reason: 'damaged',
  });
}
