import { join } from 'node:path';
import { uniqueId } from '../clock/unique-id.ts';
import { StoreError } from '../errors/store-error.ts';
import { parseStoreMarker } from '../start-once/store-marker.ts';
import { entriesOf, linkNewFile, makeFolder, readIfThere, syncFolder, syncWayTo } from './durable-files.ts';

const MARKER = 'restorekit-store.json';
const FORMAT = 'restorekit-file-store';
const DRAFT = /^restorekit-store\.[0-9a-f]+\.draft$/;

/**
 * The id of the store in a folder.
 * @throws {StoreError} reason 'missing': there is no folder or no marker in it, for example because a volume is not
 *   mounted
 */
export function readFileStoreId(root: string): string {
  const text = readIfThere(join(root, MARKER));
  if (text !== undefined) return parseStoreMarker(text, FORMAT, join(root, MARKER)).id;
  throw new StoreError(
    `There is no store in ${root}: ${MARKER} is missing. Check whether its volume is mounted. fileStore.create(folder) creates a new store; call it once only.`,
    { reason: 'missing' },
  );
}

/**
 * Creates the store of a folder durably if there is none. If two processes do so at once, one of them creates it.
 * @throws {StoreError} reason 'damaged': the folder is not empty and has no marker of a store
 */
export function createFileStore(root: string): void {
  if (readIfThere(join(root, MARKER)) === undefined) {
    makeFolder(root);
    const other = entriesOf(root).find((entry) => !DRAFT.test(entry));
    if (other !== undefined && readIfThere(join(root, MARKER)) === undefined) {
      throw new StoreError(
        `${root} holds ${other} but no ${MARKER}, so it is no store of restorekit. Use an empty folder or a new one.`,
        { reason: 'damaged' },
      );
    }
    const marker = JSON.stringify({ format: FORMAT, v: 1, id: uniqueId() });
    linkNewFile(join(root, MARKER), join(root, `restorekit-store.${uniqueId()}.draft`), marker);
  }
  readFileStoreId(root);
  syncFolder(root);
  syncWayTo(root);
}
