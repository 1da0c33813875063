import { type ListOptions, objectStore, type RestoreStore, storeConformance } from 'restorekit/start-once';
import { describe, expect, it } from 'vitest';
import { bucket, storeMakers } from './stores.ts';

describe.each(Object.entries(storeMakers))('the %s', (_, makeStore) => {
  let open: (() => RestoreStore) | undefined;
  it.each(storeConformance(() => (open ?? missing())()))('keeps: $name', async ({ run }) => {
    open = makeStore();
    await run();
  });
});

describe('a store that breaks the contract is found out', () => {
  /** A store that keeps it, over a map; each defect below replaces one of its calls. */
  const defects: Readonly<Record<string, (sound: RestoreStore, values: Map<string, string>) => Partial<RestoreStore>>> =
    {
      'overwrites on create': (sound, values) => ({
        createIfAbsent: async (name, value) => {
          values.delete(name);
          return sound.createIfAbsent(name, value);
        },
      }),
      'polls, turns away, and then creates': (sound, values) => ({
        createIfAbsent: async (name, value) => {
          const isTaken = values.has(name);
          await new Promise((resolve) => setImmediate(resolve));
          if (isTaken) return undefined;
          values.delete(name);
          return sound.createIfAbsent(name, value);
        },
      }),
      'ignores the version': (_, values) => ({
        compareAndSet: async (name, value) => {
          if (!values.has(name)) return undefined;
          values.set(name, value);
          return `${Math.random()}`;
        },
      }),
      'makes its versions of the content': (_, values) => ({
        get: async (name) => {
          const value = values.get(name);
          return value === undefined ? undefined : { value, version: `v${value}` };
        },
        createIfAbsent: async (name, value) => {
          if (values.has(name)) return undefined;
          values.set(name, value);
          return `v${value}`;
        },
        compareAndSet: async (name, value, version) => {
          if (`v${values.get(name)}` !== version) return undefined;
          values.set(name, value);
          return `v${value}`;
        },
      }),
      'writes under names that are not there': (sound) => ({
        compareAndSet: async (name, value, version) =>
          (await sound.get(name)) ? sound.compareAndSet(name, value, version) : sound.createIfAbsent(name, value),
      }),
      'ignores case': (sound) => ({
        get: (name) => sound.get(name.toLowerCase()),
        createIfAbsent: (name, value) => sound.createIfAbsent(name.toLowerCase(), value),
      }),
      'trims what it keeps': (sound) => ({
        get: async (name) => {
          const found = await sound.get(name);
          return found && { ...found, value: found.value.trim() };
        },
      }),
      'lists by the first letters of the folder only': (_, values) => ({
        list: async (prefix, options) => listed(values, prefix.replace(/\/$/, ''), options),
      }),
      'lists nothing': () => ({ list: async () => [] }),
      'lists in the order of a dictionary': (_, values) => ({
        list: async (prefix, { after, limit } = {}) => {
          const names = [...values.keys()].filter((name) => name.startsWith(prefix));
          const sorted = names.sort((one, other) => one.localeCompare(other));
          const from = after === undefined ? 0 : sorted.indexOf(after) + 1;
          return sorted.slice(from, limit === undefined ? undefined : from + limit);
        },
      }),
      'lists after a name with that name': (_, values) => ({
        list: async (prefix, { after, limit } = {}) =>
          listed(values, prefix, after === undefined ? { limit } : { after: after.slice(0, -1), limit }),
      }),
      'ignores the limit of a list': (_, values) => ({
        list: async (prefix, { after } = {}) => listed(values, prefix, { after }),
      }),
      'lists one page only': (_, values) => ({
        list: async (prefix, { after, limit } = {}) => (after === undefined ? listed(values, prefix, { limit }) : []),
      }),
      'forgets what another opening wrote': (sound) => {
        const own = new Set<string>();
        return {
          createIfAbsent: (name, value) => {
            own.add(name);
            return sound.createIfAbsent(name, value);
          },
          get: async (name) => (own.has(name) ? sound.get(name) : undefined),
        };
      },
    };

  it.each(Object.entries(defects))('%s', async (_, defect) => {
    const values = new Map<string, string>();
    const versions = new Map<string, number>();
    const sound: RestoreStore = {
      get: async (name) => {
        const value = values.get(name);
        return value === undefined ? undefined : { value, version: `v${versions.get(name)}` };
      },
      createIfAbsent: async (name, value) => {
        if (values.has(name)) return undefined;
        values.set(name, value);
        versions.set(name, (versions.get(name) ?? 0) + 1);
        return `v${versions.get(name)}`;
      },
      compareAndSet: async (name, value, version) => {
        if (!values.has(name) || version !== `v${versions.get(name)}`) return undefined;
        values.set(name, value);
        versions.set(name, (versions.get(name) ?? 0) + 1);
        return `v${versions.get(name)}`;
      },
      list: async (prefix, options) => listed(values, prefix, options),
    };
    const failed: string[] = [];
    for (const { name, run } of storeConformance(() => ({ ...sound, ...defect(sound, values) }))) {
      await run().catch(() => failed.push(name));
    }
    expect(failed).not.toEqual([]);
    const outcomes = await Promise.allSettled(storeConformance(() => sound).map(({ run }) => run()));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
  });
});

it('an object store passes on what is no conflict', async () => {
  const down = Object.assign(new Error('SlowDown'), { $metadata: { httpStatusCode: 503 } });
  const calls = bucket();
  await objectStore.create(calls);
  const store = objectStore({ ...calls, putIfAbsent: () => Promise.reject(down) });
  await expect(store.createIfAbsent('starts/a', 'one')).rejects.toBe(down);
});

function listed(values: Map<string, string>, prefix: string, { after = '', limit }: ListOptions = {}): string[] {
  const names = [...values.keys()].filter((name) => name.startsWith(prefix) && name > after);
  return names.sort((one, other) => (one < other ? -1 : 1)).slice(0, limit);
}

function missing(): never {
  throw new Error('No store was made.');
}
