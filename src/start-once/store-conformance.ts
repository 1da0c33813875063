import { uniqueId } from '../clock/unique-id.ts';
import type { RestoreStore } from './restore-store.ts';

/** One requirement of `RestoreStore`. `run` rejects if the store does not meet it. */
export interface StoreCheck {
  readonly name: string;
  run(): Promise<void>;
}

/**
 * The requirements of `RestoreStore` as checks for any test runner.
 *
 * @example
 * for (const { name, run } of storeConformance(() => myStore(connection))) test(name, run);
 *
 * @param makeStore opens the store, which must exist. Every call must open the same store: two openings stand for two
 *   processes. Names are never used twice, so the written records need not be removed.
 */
export function storeConformance(makeStore: () => RestoreStore | Promise<RestoreStore>): readonly StoreCheck[] {
  const checks: Readonly<Record<string, (store: RestoreStore, other: RestoreStore, prefix: string) => Promise<void>>> =
    {
      'a name that was never written has no value': async (store, _, prefix) => {
        equal(await store.get(`${prefix}a`), undefined, 'get');
        equal(await store.list(prefix), [], 'list');
      },
      'what was created is read back, by everybody': async (store, other, prefix) => {
        const version = await store.createIfAbsent(`${prefix}a`, 'one');
        isVersion(version);
        equal(await store.get(`${prefix}a`), { value: 'one', version }, 'get');
        equal(await other.get(`${prefix}a`), { value: 'one', version }, 'get of another opening');
      },
      'a name is created once, even with the same value': async (store, other, prefix) => {
        isVersion(await store.createIfAbsent(`${prefix}a`, 'one'));
        equal(await store.createIfAbsent(`${prefix}a`, 'one'), undefined, 'the second createIfAbsent');
        equal(await other.createIfAbsent(`${prefix}a`, 'two'), undefined, 'createIfAbsent of another opening');
        equal((await store.get(`${prefix}a`))?.value, 'one', 'the value');
      },
      'the current version lets a write through, and changes': async (store, other, prefix) => {
        const first = isVersion(await store.createIfAbsent(`${prefix}a`, 'one'));
        const second = isVersion(await other.compareAndSet(`${prefix}a`, 'two', first));
        equal(second === first, false, 'the version is the same after a write: its equality');
        equal(await store.get(`${prefix}a`), { value: 'two', version: second }, 'get');
      },
      'a version that is over lets nothing through': async (store, other, prefix) => {
        const first = isVersion(await store.createIfAbsent(`${prefix}a`, 'one'));
        const second = isVersion(await store.compareAndSet(`${prefix}a`, 'two', first));
        equal(await store.compareAndSet(`${prefix}a`, 'three', first), undefined, 'compareAndSet');
        equal(await other.compareAndSet(`${prefix}a`, 'three', first), undefined, 'compareAndSet of another opening');
        equal(await store.get(`${prefix}a`), { value: 'two', version: second }, 'get');
      },
      'a version never comes back, even when the value does': async (store, _, prefix) => {
        const first = isVersion(await store.createIfAbsent(`${prefix}a`, 'one'));
        let version = first;
        for (const value of [
          'two',
          'one',
          'two',
          'one',
          'one',
          'two',
          'three',
          'four',
          'five',
          'six',
          'seven',
          'one',
        ]) {
          version = isVersion(await store.compareAndSet(`${prefix}a`, value, version));
        }
        equal(
          await store.compareAndSet(`${prefix}a`, 'late', first),
          undefined,
          'compareAndSet with the first version',
        );
        equal(await store.createIfAbsent(`${prefix}a`, 'late'), undefined, 'createIfAbsent');
        equal(await store.get(`${prefix}a`), { value: 'one', version }, 'get');
      },
      'nothing is written under a name that has no value, or by a version that never was': async (store, _, prefix) => {
        const version = isVersion(await store.createIfAbsent(`${prefix}a`, 'one'));
        equal(await store.compareAndSet(`${prefix}b`, 'two', version), undefined, 'compareAndSet of an absent name');
        equal(await store.get(`${prefix}b`), undefined, 'get of the absent name');
        equal(
          await store.compareAndSet(`${prefix}a`, 'two', 'never'),
          undefined,
          'compareAndSet with a foreign version',
        );
        equal(await store.compareAndSet(`${prefix}a`, 'two', '99'), undefined, 'compareAndSet with a foreign number');
        equal((await store.get(`${prefix}a`))?.value, 'one', 'the value');
      },
      'of many who create one name, one wins': async (store, other, prefix) => {
        const writers = Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? store : other).createIfAbsent(`${prefix}a`, String(index)),
        );
        const versions = await Promise.all(writers);
        equal(versions.filter((version) => version !== undefined).length, 1, 'winners');
        const winner = versions.findIndex((version) => version !== undefined);
        equal(await store.get(`${prefix}a`), { value: String(winner), version: versions[winner] }, 'get');
      },
      'of many who set one version, one wins, and no count is lost': async (store, other, prefix) => {
        isVersion(await store.createIfAbsent(`${prefix}a`, '0'));
        const countUp = async (opening: RestoreStore): Promise<void> => {
          for (;;) {
            const found = await opening.get(`${prefix}a`);
            if (found === undefined) throw new Error('The value is gone.');
            const next = String(Number(found.value) + 1);
            if ((await opening.compareAndSet(`${prefix}a`, next, found.version)) !== undefined) return;
          }
        };
        await Promise.all(Array.from({ length: 10 }, (_, index) => countUp(index % 2 === 0 ? store : other)));
        equal((await store.get(`${prefix}a`))?.value, '10', 'the count');
      },
      'names that look alike are kept apart': async (store, _, prefix) => {
        const names = [
          'a',
          'A',
          'a/b',
          'a/B',
          'a%2Fb',
          'a.b',
          'a..b',
          '../a',
          './a',
          'a.json',
          "a~!*'()-_",
          'a'.repeat(800),
        ];
        for (const name of names) isVersion(await store.createIfAbsent(`${prefix}${name}`, `value of ${name}`));
        for (const name of names) equal((await store.get(`${prefix}${name}`))?.value, `value of ${name}`, name);
        equal(await allNames(store, prefix), sorted(names.map((name) => `${prefix}${name}`)), 'list');
      },
      'values are kept letter for letter': async (store, other, prefix) => {
        const values = ['', ' ', '{"a":1}\n', "it's; --", '\\u0000 \\', 'ä € 😀 \u2028', 'x'.repeat(64_000)];
        for (const [index, value] of values.entries()) {
          const version = isVersion(await store.createIfAbsent(`${prefix}${index}`, value));
          equal((await other.get(`${prefix}${index}`))?.value, value, 'the created value');
          isVersion(await store.compareAndSet(`${prefix}${index}`, `${value}.`, version));
          equal((await other.get(`${prefix}${index}`))?.value, `${value}.`, 'the replaced value');
        }
      },
      'the names of a prefix are listed, each once, and no others': async (store, other, prefix) => {
        for (const name of ['x/1', 'x/2', 'xy', 'y/1']) {
          const version = isVersion(await store.createIfAbsent(`${prefix}${name}`, 'one'));
          isVersion(await store.compareAndSet(`${prefix}${name}`, 'two', version));
        }
        equal(await allNames(other, `${prefix}x/`), [`${prefix}x/1`, `${prefix}x/2`], 'list');
        equal(await store.list(`${prefix}z`), [], 'list of a prefix that nothing begins with');
        equal((await allNames(store, prefix)).length, 4, 'the length of the whole list');
      },
      'names are listed in the order of their characters, page by page': async (store, other, prefix) => {
        const names = ['a', 'B', 'a/b', 'a.b', 'a-b', '10', '9', 'Z', 'z', 'ab'].map((name) => `${prefix}${name}`);
        for (const name of names) isVersion(await store.createIfAbsent(name, 'one'));
        equal(await allNames(other, prefix), sorted(names), 'list');
        const [first = '', second = '', third = ''] = sorted(names);
        equal(await store.list(prefix, { limit: 2 }), [first, second], 'list with a limit of 2');
        equal(await store.list(prefix, { after: first, limit: 2 }), [second, third], 'list after the first name');
        equal(await store.list(prefix, { after: sorted(names).at(-1) }), [], 'list after the last name');
        equal(
          await store.list(prefix, { after: `${second}~`, limit: 1 }),
          [third],
          'list after a name that is not there',
        );
      },
      'a list is whole although its pages are short': async (store, _, prefix) => {
        const names = Array.from({ length: 25 }, (_each, index) => `${prefix}${String(index).padStart(3, '0')}`);
        for (const name of names) isVersion(await store.createIfAbsent(name, 'one'));
        equal(await allNames(store, prefix, 7), names, 'list by pages of 7');
      },
    };
  return Object.entries(checks).map(([name, check]) => ({
    name,
    run: async () => check(await makeStore(), await makeStore(), `conformance/${uniqueId()}/`),
  }));
}

/** All names, page by page, up to an empty page. */
async function allNames(store: RestoreStore, prefix: string, limit?: number): Promise<readonly string[]> {
  const names: string[] = [];
  for (let after: string | undefined; ; after = names.at(-1)) {
    const page = await store.list(prefix, { after, limit });
    if (page.length === 0) return names;
    names.push(...page);
    if (names.length > 10_000) throw new Error('The list does not end.');
  }
}

function isVersion(version: string | undefined): string {
  if (typeof version === 'string' && version !== '') return version;
  throw new Error(`A write that should have succeeded returned ${JSON.stringify(version)}, which is no version.`);
}

function equal(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [inOrder(actual), inOrder(expected)];
  if (found !== wanted) throw new Error(`${what} is ${shown(found)}; it must be ${shown(wanted)}.`);
}

/** JSON with sorted fields, in which undefined is shown. */
function inOrder(value: unknown): string {
  if (value === undefined) return 'undefined';
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return JSON.stringify(isRecord ? Object.entries(value).sort(([one], [other]) => one.localeCompare(other)) : value);
}

function shown(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}... (${text.length} characters)` : text;
}

function sorted(names: readonly string[]): readonly string[] {
  return [...names].sort();
}
