import { PGlite } from '@electric-sql/pglite';
import { createTableSql, sqlStore, startOnce, storeConformance } from 'restorekit/start-once';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acme } from './acme.ts';

// PostgreSQL itself, in WebAssembly; `npm run test:postgres` holds the same against a server.
let database: PGlite;
const open = (table?: string) =>
  sqlStore({ query: (text, values) => database.query(text, values), ...(table === undefined ? {} : { table }) });

beforeAll(async () => {
  database = await PGlite.create();
  await database.exec(createTableSql());
}, 60_000);
afterAll(() => database.close());

describe('the SQL store', () => {
  it.each(storeConformance(() => open()))('keeps: $name', ({ run }) => run());

  it('starts once', async () => {
    const { restore, vendor, clock } = acme({ store: open() });
    const operations = await Promise.all(Array.from({ length: 5 }, () => restore({ store: open(), clock })));
    expect(new Set(operations.map(({ id }) => id)).size).toBe(1);
    expect(vendor.starts.length).toBe(1);
  });

  it('takes a table of another name and schema, made twice without harm', async () => {
    await database.exec('CREATE SCHEMA IF NOT EXISTS ops');
    await database.exec(createTableSql('ops.restores'));
    await database.exec(createTableSql('ops.restores'));
    const store = open('ops.restores');
    await store.createIfAbsent('a', 'one');
    expect(await open().get('a')).toBeUndefined();
    expect((await store.get('a'))?.value).toBe('one');
  });

  it('takes a driver that answers the rows alone, and versions as texts', async () => {
    const store = sqlStore({
      query: async (text, values) =>
        (await database.query<Record<string, unknown>>(text, values)).rows.map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
        ),
    });
    const version = await store.createIfAbsent('rows', 'one');
    expect(await store.compareAndSet('rows', 'two', version ?? '')).toBe('2');
  });

  it('takes a serialization failure for a write that was overtaken, and nothing else', async () => {
    const failing = (code: string) =>
      sqlStore({ query: () => Promise.reject(Object.assign(new Error('could not serialize'), { code })) });
    expect(await failing('40001').compareAndSet('a', 'b', '1')).toBeUndefined();
    await expect(failing('57P01').compareAndSet('a', 'b', '1')).rejects.toThrow('serialize');
  });

  it.each(['restores; DROP TABLE x', 'a.b.c', '', '"quoted"', '1st'])('refuses the table name %j', (table) => {
    expect(() => sqlStore({ query: async () => [], table })).toThrow(/^table: /);
    expect(() => createTableSql(table)).toThrow(/^table: /);
  });

  it('a missing table is a missing store, and nothing starts', async () => {
    const { vendor, restore } = acme({ store: open('nowhere') });
    await expect(restore()).rejects.toMatchObject({ code: 'store', reason: 'missing', started: 'no' });
    await expect(open('no_schema.nowhere').list('')).rejects.toMatchObject({ code: 'store', reason: 'missing' });
    expect(vendor.starts).toEqual([]);
  });

  it('never starts where the database is down', async () => {
    const { vendor, client, post, clock } = acme();
    const store = sqlStore({ query: () => Promise.reject(new Error('connection refused')) });
    const starting = startOnce({ key: 'k', store, client, target: 'db', start: post, clock });
    await expect(starting).rejects.toMatchObject({
      code: 'store',
      reason: 'failed',
      started: 'no',
      cause: new Error('connection refused'),
    });
    expect(vendor.starts).toEqual([]);
  });
});
