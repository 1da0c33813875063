import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import type { RestoreStore } from '../start-once/restore-store.ts';
import { fileStore } from './file-store.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { openS3Store } from './open-s3-store.ts';
import type { OpenStoreOptions, StoreOpener } from './store-opener.ts';

/** A store that may hold connections. */
export interface OpenedStore extends RestoreStore {
  /** Closes the connections. A script need not call it, because idle connections do not keep a process alive. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const openers: Readonly<Record<string, StoreOpener>> = {
  'file:': (url, { create }) => ({ store: fileStore(folderOf(url), { create }) }),
  'postgres:': openPostgresStore,
  'postgresql:': openPostgresStore,
  's3:': openS3Store,
};

/**
 * Opens the store of a URL, for `startOnce`. Nothing is sent before the first call of the store.
 *
 * - `file:///var/lib/restores`, `file:restores`: a folder (`fileStore`).
 * - `postgres://user:password@host/database?table=restorekit_store`: a table of PostgreSQL (`sqlStore`). Needs the
 *   package `pg`. The URL may have all parameters that `pg` accepts in a connection string.
 * - `s3://bucket/prefix?region=eu-central-1`: a bucket of S3 or of a vendor with the API of S3 (`objectStore`).
 *   Needs the package `@aws-sdk/client-s3`, which finds the credentials (environment, profile, role of the machine).
 *   Use `endpoint=https://minio.example.org` and `forcePathStyle=true` for vendors other than AWS. The bucket must
 *   support conditional writes (`If-None-Match`, `If-Match`).
 *
 * @example
 * await using store = openStore(process.env.RESTORE_STORE ?? 'file:/var/lib/restores');
 * const operation = await startOnce({ key: 'CHANGE-4711', store, ... });
 *
 * @throws {ConfigurationError} the URL is of another kind, or a part of it is wrong; from the calls of the store: the
 *   package is not installed
 * @throws {StoreError} from the calls of the store: reason 'missing' if there is no store
 */
export function openStore(url: string, options: OpenStoreOptions = {}): OpenedStore {
  requireText('url', url);
  const parsed = parseUrl(url);
  const open = openers[parsed.protocol];
  if (!open)
    throw new ConfigurationError('url', `must begin with file:, postgres: or s3:, not with ${parsed.protocol}`);
  const { store, close = async () => {} } = open(parsed, options);
  const opened = { ...store, close };
  // Older runtimes have no such symbol.
  if (typeof Symbol.asyncDispose === 'symbol') Object.defineProperty(opened, Symbol.asyncDispose, { value: close });
  return opened as OpenedStore;
}

function parseUrl(text: string): URL {
  // The path is relative to the working directory, which a URL cannot express.
  const relative = /^file:(?!\/)(.+)$/.exec(text)?.[1];
  if (relative !== undefined) return Object.assign(new URL('file:///'), { hash: encodeURIComponent(relative) });
  try {
    return new URL(text);
  } catch {
    // The text may contain a password, so it is not shown.
    throw new ConfigurationError(
      'url',
      'must be a URL such as file:/var/lib/restores, postgres://... or s3://bucket/prefix.',
    );
  }
}

function folderOf(url: URL): string {
  if (url.host !== '') {
    throw new ConfigurationError('url', 'must have no host: write file:/folder, or file:///folder with three slashes.');
  }
  return url.hash === '' ? fileURLToPath(url) : decodeURIComponent(url.hash.slice(1));
}
