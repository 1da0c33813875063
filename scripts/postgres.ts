/**
 * Tests the SQL store against a real PostgreSQL server, with one connection per simulated process. If the server cannot
 * run, it prints that and ends with 0; the same checks run on PGlite in `npm test`.
 */
import { openStore } from '../src/node/open-store.ts';
import { defineOperation } from '../src/operation/define-operation.ts';
import type { RestoreStore } from '../src/start-once/restore-store.ts';
import { createTableSql, sqlStore } from '../src/start-once/sql-store.ts';
import { startOnce } from '../src/start-once/start-once.ts';
import { type StoreCheck, storeConformance } from '../src/start-once/store-conformance.ts';
import { connect, type PostgresConnection, startPostgres } from './postgres-server.ts';

/** Number of connections, each of which stands for a process. */
const CONNECTIONS = 4;

/** Of many concurrent calls with one key over different connections, only one starts. */
async function race(open: () => RestoreStore): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    let starts = 0;
    const operation = () =>
      defineOperation({
        kind: 'acme/restore',
        id: `restore-${round}`,
        startedAt: new Date(),
        poll: () => ({ state: 'running' }),
      });
    const client = { baseUrl: 'https://acme.example.org', kinds: ['acme/restore'], resume: operation };
    const start = async () => {
      starts += 1;
      return operation();
    };
    const options = { key: `race-${round}`, client, target: `race-${round}`, start };
    await Promise.all(Array.from({ length: CONNECTIONS }, () => startOnce({ ...options, store: open() })));
    if (starts !== 1) throw new Error(`${starts} starts in round ${round}.`);
  }
}

/** A missing table is a missing store. */
async function missing(connection: PostgresConnection): Promise<void> {
  const error: unknown = await sqlStore({ query: connection.query, table: 'nowhere' })
    .get('a')
    .catch((thrown: unknown) => thrown);
  if ((error as { readonly reason?: unknown } | undefined)?.reason !== 'missing') throw error;
}

async function check(connections: readonly PostgresConnection[]): Promise<number> {
  let opened = 0;
  const connection = () => {
    const found = connections[opened++ % connections.length];
    if (!found) throw new Error('There is no connection.');
    return found;
  };
  const open = () => sqlStore({ query: connection().query });
  console.log((await connection().query('SELECT version()')).rows[0]?.version);
  await connection().query(createTableSql());
  return runAll([
    ...storeConformance(open),
    { name: 'of many connections, one starts', run: () => race(open) },
    { name: 'a missing table is a missing store', run: () => missing(connection()) },
  ]);
}

async function runAll(checks: readonly StoreCheck[]): Promise<number> {
  let failures = 0;
  for (const { name, run } of checks) {
    try {
      await run();
      console.log(`ok     ${name}`);
    } catch (error) {
      failures += 1;
      console.log(`FAILED ${name}: ${String(error)}`);
    }
  }
  return failures;
}

/** Runs the same checks on a store that is opened by URL, which creates its table. */
async function checkUrl(port: number): Promise<number> {
  const url = `postgres://postgres:password@127.0.0.1:${port}/postgres?table=opened_by_url`;
  await using made = openStore(url, { create: true });
  await made.list('');
  await using store = openStore(url);
  return runAll(storeConformance(() => store).map(({ name, run }) => ({ name: `by URL: ${name}`, run })));
}

const server = await startPostgres();
if (server) {
  try {
    const connections = await Promise.all(Array.from({ length: CONNECTIONS }, () => connect(server.port)));
    const failures = (await check(connections)) + (await checkUrl(server.port));
    process.exitCode = failures > 0 ? 1 : 0;
    await Promise.all(connections.map((connection) => connection.end()));
  } finally {
    await server.stop();
  }
}
