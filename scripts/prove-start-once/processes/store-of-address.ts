import { fileStore } from '../../../src/node/file-store.ts';
import { openStore } from '../../../src/node/open-store.ts';
import { type ObjectCalls, objectStore } from '../../../src/start-once/object-store.ts';
import type { RestoreStore } from '../../../src/start-once/restore-store.ts';
import type { StoreAddress } from './planned-restore.ts';

/** The shared store as one process opens it. */
export function openStoreAt(address: StoreAddress): RestoreStore {
  if (address.kind === 'file') return fileStore(address.folder);
  if (address.kind === 'object') return objectStore(openHttpBucket(address.url));
  // Its idle connections keep no process alive, so a worker that has nothing left to do exits.
  return openStore(`postgres://postgres:password@127.0.0.1:${address.port}/postgres`);
}

/** A bucket over HTTP. */
export function openHttpBucket(url: string): ObjectCalls {
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}/${path}`, init);
    if (response.ok) return response;
    await response.body?.cancel();
    throw Object.assign(new Error(`The bucket answered ${response.status}.`), { status: response.status });
  };
  const put = async (name: string, value: string, headers: Record<string, string>) => {
    const response = await call(encodeURIComponent(name), { method: 'PUT', body: value, headers });
    await response.body?.cancel();
    return response.headers.get('etag') ?? '';
  };
  return {
    get: async (name) => {
      const response = await call(encodeURIComponent(name));
      return { value: await response.text(), version: response.headers.get('etag') ?? '' };
    },
    putIfAbsent: (name, value) => put(name, value, { 'If-None-Match': '*' }),
    putIfMatch: (name, value, version) => put(name, value, { 'If-Match': version }),
    list: async (prefix, { after = '' } = {}) => {
      const query = new URLSearchParams({ prefix, after });
      return (await call(`?${query}`)).json() as Promise<string[]>;
    },
  };
}
