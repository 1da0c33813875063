import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore } from 'restorekit/node';
import { type ListOptions, memoryStore, objectStore, type RestoreStore } from 'restorekit/start-once';
import { onTestFinished } from 'vitest';

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'restorekit-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A bucket with conditional writes. ETags follow from the content, as in S3; latency is a turn of the event loop. */
export function bucket() {
  const objects = new Map<string, string>();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const etagOf = (text: string) =>
    `"${text.length}-${[...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7)}"`;
  return {
    objects,
    async get(name: string) {
      await turn();
      const text = objects.get(name);
      return text === undefined ? undefined : { value: text, version: etagOf(text) };
    },
    async putIfAbsent(name: string, value: string) {
      await turn();
      if (objects.has(name)) return undefined;
      objects.set(name, value);
      return etagOf(value);
    },
    async putIfMatch(name: string, value: string, version: string) {
      await turn();
      const text = objects.get(name);
      if (text === undefined || etagOf(text) !== version) return undefined;
      objects.set(name, value);
      return etagOf(value);
    },
    /** Pages of five, as a vendor's are shorter than what was asked for. */
    async list(prefix: string, { after = '', limit = 5 }: ListOptions = {}): Promise<readonly string[]> {
      await turn();
      const names = [...objects.keys()].filter((name) => name.startsWith(prefix) && name > after);
      return names.sort((one, other) => (one < other ? -1 : 1)).slice(0, limit);
    },
  };
}

/** What Amazon's, Azure's and Google's SDKs throw. */
const sdkErrors = {
  s3: (status: number) => Object.assign(new Error('PreconditionFailed'), { $metadata: { httpStatusCode: status } }),
  azure: (status: number) =>
    Object.assign(new Error('ConditionNotMet'), { statusCode: status, code: 'ConditionNotMet' }),
  gcs: (status: number) => Object.assign(new Error('conditionNotMet'), { code: status }),
};

/** The same bucket behind an SDK that throws. */
function throwingBucket(kind: keyof typeof sdkErrors, plain = bucket()) {
  const orThrow = async <T>(answer: Promise<T | undefined>, status: number): Promise<T> => {
    const found = await answer;
    if (found === undefined) throw sdkErrors[kind](status);
    return found;
  };
  return {
    get: (name: string) => orThrow(plain.get(name), 404),
    putIfAbsent: (name: string, value: string) => orThrow(plain.putIfAbsent(name, value), kind === 'azure' ? 409 : 412),
    putIfMatch: (name: string, value: string, version: string) => orThrow(plain.putIfMatch(name, value, version), 412),
    list: plain.list,
  };
}

/** The stores that need no server, each with a function that opens the same one again. */
export const storeMakers: Readonly<Record<string, () => () => RestoreStore>> = {
  'memory store': () => {
    const store = memoryStore();
    return () => store;
  },
  'file store': () => {
    const folder = temporaryFolder();
    return () => fileStore(join(folder, 'a', 'b'), { create: true });
  },
  'object store': () => {
    const calls = bucket();
    return () => objectStore(calls, { create: true });
  },
  'object store, S3': () => {
    const calls = throwingBucket('s3');
    return () => objectStore(calls, { create: true });
  },
  'object store, Azure Blob': () => {
    const calls = throwingBucket('azure');
    return () => objectStore(calls, { create: true });
  },
  'object store, Google Cloud Storage': () => {
    const calls = throwingBucket('gcs');
    return () => objectStore(calls, { create: true });
  },
};
