import { ConfigurationError } from '../errors/configuration-error.ts';
import type { RestoreStore, StoredValue } from './restore-store.ts';
import { untilWritten } from './until-written.ts';

/**
 * The conditional calls of an object store. `version` is the ETag of S3 and Azure Blob, the generation of Google Cloud
 * Storage. A call may answer undefined where its condition does not hold, or throw what the vendor's SDK throws: 404 from
 * `get`, 409 or 412 from the others.
 */
export interface ObjectCalls {
  get(name: string): Promise<StoredValue | undefined>;
  /** S3 and Azure Blob: `If-None-Match: *`; Google Cloud Storage: `ifGenerationMatch: 0`. Answers the version. */
  putIfAbsent(name: string, value: string): Promise<string | undefined>;
  /** S3 and Azure Blob: `If-Match: <version>`; Google Cloud Storage: `ifGenerationMatch: <version>`. Answers the new one. */
  putIfMatch(name: string, value: string, version: string): Promise<string | undefined>;
  /** Names that begin with the prefix, over all pages. @default an index is kept in an object of its own */
  list?(prefix: string): Promise<readonly string[]>;
}

const INDEX = 'index.json';

/**
 * A store over conditional writes, for pods and CI runners whose disk dies with them. All that is needed of the vendor is
 * strong consistency of a single object, which the three have.
 *
 * An ETag of S3 is made of the content, so content that comes back would bring back its version. So each object holds a
 * counter beside the value, and no content is ever written twice.
 */
export function objectStore(calls: ObjectCalls): RestoreStore {
  for (const name of ['get', 'putIfAbsent', 'putIfMatch'] as const) {
    if (typeof calls?.[name] !== 'function') throw new ConfigurationError(name, 'must be a function.');
  }
  const read = async (name: string) => {
    const found = await unless([404], () => calls.get(name));
    if (!found) return undefined;
    return { ...unwrap(name, found.value), version: found.version };
  };
  const create = (name: string, value: string) => unless([409, 412], () => calls.putIfAbsent(name, wrap(value, 1)));
  const replace = async (name: string, value: string, version: string): Promise<string | undefined> => {
    const current = await read(name);
    if (current?.version !== version) return undefined;
    return unless([404, 409, 412], () => calls.putIfMatch(name, wrap(value, current.count + 1), version));
  };
  const enter = (name: string) =>
    untilWritten(async () => {
      const current = await read(INDEX);
      const names: readonly string[] = current ? JSON.parse(current.value) : [];
      if (names.includes(name)) return { done: undefined };
      const text = JSON.stringify([...names, name]);
      const version = current ? await replace(INDEX, text, current.version) : await create(INDEX, text);
      return version === undefined ? undefined : { done: undefined };
    });
  const listed = async (): Promise<readonly string[]> => {
    const names: readonly string[] = JSON.parse((await read(INDEX))?.value ?? '[]');
    const there = await Promise.all(names.map(read));
    return names.filter((_, position) => there[position] !== undefined);
  };
  return {
    async get(name) {
      const found = await read(name);
      return found && { value: found.value, version: found.version };
    },
    async createIfAbsent(name, value) {
      if (await read(name)) return undefined;
      // Before the object, so that a process that dies in between leaves a name too many and never one too few.
      if (!calls.list) await enter(name);
      return create(name, value);
    },
    compareAndSet: replace,
    async list(prefix) {
      const names = await (calls.list?.(prefix) ?? listed());
      return names.filter((name) => name.startsWith(prefix));
    },
  };
}

function wrap(value: string, count: number): string {
  return JSON.stringify({ count, value });
}

function unwrap(name: string, text: string): { readonly count: number; readonly value: string } {
  try {
    const { count, value } = JSON.parse(text) as { readonly count: unknown; readonly value: unknown };
    if (typeof count === 'number' && typeof value === 'string') return { count, value };
  } catch (error) {
    throw new ConfigurationError('get', `answered no text of this store for ${name}.`, { cause: error });
  }
  throw new ConfigurationError('get', `answered no text of this store for ${name}.`);
}

/** undefined where the SDK threw one of these statuses. */
async function unless<T>(statuses: readonly number[], call: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return (await call()) ?? undefined;
  } catch (error) {
    if (statuses.includes(statusOf(error))) return undefined;
    throw error;
  }
}

/** Where the SDKs of Amazon, Azure and Google keep the status. */
function statusOf(error: unknown): number {
  const { $metadata, statusCode, status, code } = (error ?? {}) as Record<string, unknown>;
  const nested = ($metadata as { readonly httpStatusCode?: unknown } | undefined)?.httpStatusCode;
  return Number([nested, statusCode, status, code].find((found) => Number.isInteger(Number(found ?? Number.NaN))));
}
