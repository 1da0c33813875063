import { uniqueId } from '../clock/unique-id.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { pageOf } from './list-page.ts';
import type { ListOptions, RestoreStore, StoredValue } from './restore-store.ts';
import { parseStoreMarker } from './store-marker.ts';

/**
 * The conditional calls of an object store. `version` is the ETag of S3 and Azure Blob, or the generation of Google
 * Cloud Storage. If its condition does not hold, a call may return undefined or throw the error of the vendor's SDK:
 * 404 from `get`, 409 or 412 from the others.
 */
export interface ObjectCalls {
  get(name: string): Promise<StoredValue | undefined>;
  /** S3 and Azure Blob: `If-None-Match: *`; Google Cloud Storage: `ifGenerationMatch: 0`. Returns the version. */
  putIfAbsent(name: string, value: string): Promise<string | undefined>;
  /**
   * S3 and Azure Blob: `If-Match: <version>`; Google Cloud Storage: `ifGenerationMatch: <version>`. Returns the new
   * version.
   */
  putIfMatch(name: string, value: string, version: string): Promise<string | undefined>;
  /**
   * One page of the names that begin with the prefix and come after `after`, in the order of their bytes. S3:
   * `ListObjectsV2` with `StartAfter` and `MaxKeys`; Google Cloud Storage: `startOffset` (which includes `after`
   * itself); Azure Blob: `startFrom` (likewise). Additional names are ignored. The list ends with an empty page.
   */
  list(prefix: string, options?: ListOptions): Promise<readonly string[]>;
}

export interface ObjectStoreOptions {
  /**
   * Creates the store if the bucket is empty. Set it once only, by hand or in the script that creates the bucket. A
   * service that always sets it would take a wrong or emptied bucket for a new store and restore again. @default false
   */
  readonly create?: boolean | undefined;
}

const MARKER = 'restorekit-store.json';
const FORMAT = 'restorekit-object-store';

export interface ObjectStoreMaker {
  (calls: ObjectCalls, options?: ObjectStoreOptions): RestoreStore;
  /**
   * Creates the store if the bucket is empty; otherwise opens the existing store.
   * @throws {StoreError} reason 'damaged': the bucket is not empty and has no marker of a store
   */
  create(calls: ObjectCalls): Promise<RestoreStore>;
}

/**
 * A store on an object store with conditional writes, for pods and CI runners without a durable disk. The vendor must
 * offer strong consistency of a single object. S3, Azure Blob and Google Cloud Storage do.
 *
 * Use a separate bucket or prefix. Nothing may delete objects or bring back older versions: no lifecycle rule, no
 * expiry, no failover to a replica bucket. If a record is lost, its restore may start again.
 *
 * An ETag of S3 depends on the content, so writing an old content again would give the old version. Therefore each
 * object also holds a counter, and the same content is never written twice.
 *
 * @example
 * await objectStore.create(calls); // once
 * const store = objectStore(calls); // everywhere
 *
 * @throws {ConfigurationError} a call is missing
 * @throws {StoreError} from each call of the store: reason 'missing' if the bucket has no marker of a store
 */
export const objectStore: ObjectStoreMaker = /* @__PURE__ */ Object.assign(
  (calls: ObjectCalls, options: ObjectStoreOptions = {}): RestoreStore => openObjectStore(calls, options).store,
  {
    create: async (calls: ObjectCalls): Promise<RestoreStore> => {
      const { store, open } = openObjectStore(calls, { create: true });
      await open();
      return store;
    },
  },
);

function openObjectStore(calls: ObjectCalls, { create = false }: ObjectStoreOptions) {
  for (const name of ['get', 'putIfAbsent', 'putIfMatch', 'list'] as const) {
    if (typeof calls?.[name] !== 'function') throw new ConfigurationError(name, 'must be a function.');
  }
  const { read, createObject, replace } = conditionalWrites(calls);
  const list = async (prefix: string, options: ListOptions = {}) =>
    pageOf(await calls.list(prefix, options), prefix, options);

  const find = async (): Promise<void> => {
    const found = await read(MARKER);
    if (found) {
      parseStoreMarker(found.value, FORMAT, MARKER);
      return;
    }
    if (!create) {
      throw new StoreError(
        `There is no store here: the object ${MARKER} is missing. Check the bucket and the prefix. objectStore.create(calls) creates a new store; call it once only.`,
        { reason: 'missing' },
      );
    }
    const [other] = await list('', { limit: 1 });
    if (other !== undefined) {
      throw new StoreError(
        `The bucket holds ${other} but no ${MARKER}, so it is no store of restorekit. Use a separate prefix for the store.`,
        { reason: 'damaged' },
      );
    }
    await createObject(MARKER, JSON.stringify({ format: FORMAT, v: 1, id: uniqueId() }));
  };
  let finding: Promise<void> | undefined;
  /** The marker is checked once. If the check fails, the next call checks again. */
  const open = (): Promise<void> => {
    finding ??= find().catch((error: unknown) => {
      finding = undefined;
      throw error;
    });
    return finding;
  };

  const store: RestoreStore = {
    async get(name) {
      await open();
      const found = await read(name);
      return found && { value: found.value, version: found.version };
    },
    async createIfAbsent(name, value) {
      await open();
      return (await read(name)) ? undefined : createObject(name, value);
    },
    async compareAndSet(name, value, version) {
      await open();
      return replace(name, value, version);
    },
    async list(prefix, options) {
      await open();
      return list(prefix, options);
    },
  };
  return { store, open };
}

function conditionalWrites(calls: ObjectCalls) {
  const read = async (name: string) => {
    const found = await unless([404], () => calls.get(name));
    return found && { ...unwrap(name, found.value), version: found.version };
  };
  return {
    read,
    createObject: (name: string, value: string) => unless([409, 412], () => calls.putIfAbsent(name, wrap(value, 1))),
    replace: async (name: string, value: string, version: string): Promise<string | undefined> => {
      const current = await read(name);
      if (current?.version !== version) return undefined;
      return unless([404, 409, 412], () => calls.putIfMatch(name, wrap(value, current.count + 1), version));
    },
  };
}

function wrap(value: string, count: number): string {
  return JSON.stringify({ count, value });
}

function unwrap(name: string, text: string): { readonly count: number; readonly value: string } {
  let cause: unknown;
  try {
    const { count, value } = JSON.parse(text) as { readonly count: unknown; readonly value: unknown };
    if (typeof count === 'number' && typeof value === 'string') return { count, value };
  } catch (error) {
    cause = error;
  }
  throw new StoreError(`The object ${name} was not written by this store.`, { reason: 'damaged', cause });
}

/** Returns the result of `call`; undefined if it throws one of the statuses. */
async function unless<T>(statuses: readonly number[], call: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return (await call()) ?? undefined;
  } catch (error) {
    if (statuses.includes(statusOf(error))) return undefined;
    throw error;
  }
}

/** Reads the status from an error of the SDKs of Amazon, Azure and Google. */
function statusOf(error: unknown): number {
  const { $metadata, statusCode, status, code } = (error ?? {}) as Record<string, unknown>;
  const nested = ($metadata as { readonly httpStatusCode?: unknown } | undefined)?.httpStatusCode;
  return Number([nested, statusCode, status, code].find((found) => Number.isInteger(Number(found ?? Number.NaN))));
}
