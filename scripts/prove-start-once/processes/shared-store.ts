import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileStore } from '../../../src/node/file-store.ts';
import { objectStore } from '../../../src/start-once/object-store.ts';
import type { RestoreStore } from '../../../src/start-once/restore-store.ts';
import { createTableSql, sqlStore } from '../../../src/start-once/sql-store.ts';
import { connect, startPostgres } from '../../postgres-server.ts';
import type { StoreAddress } from './planned-restore.ts';
import { openHttpBucket } from './store-of-address.ts';

export interface SharedStore {
  readonly address: StoreAddress;
  /** The store without faults, for the count at the end. */
  readonly store: RestoreStore;
  close(): Promise<void>;
}

export type SharedStoreName = StoreAddress['kind'];

/** A store that processes share; undefined if it cannot run on this machine. */
export async function openSharedStore(
  kind: SharedStoreName,
  folder: string,
  random: () => number,
): Promise<SharedStore | undefined> {
  if (kind === 'object') return serveBucket(random);
  if (kind === 'postgres') {
    const server = await startPostgres();
    if (!server) return undefined;
    const connection = await connect(server.port);
    await connection.query(createTableSql());
    return {
      address: { kind, port: server.port },
      store: sqlStore({ query: connection.query }),
      close: async () => {
        await connection.end();
        await server.stop();
      },
    };
  }
  const path = join(folder, 'store');
  return { address: { kind, folder: path }, store: fileStore.create(path), close: async () => undefined };
}

/** The share of writes with each fault. */
const FAULTS = { lost: 0.02, conflictWithItself: 0.03, late: 0.02 };

/**
 * A bucket over HTTP with conditional writes. Its answers may be lost, wrong, or report a failure although the write
 * succeeded.
 */
async function serveBucket(random: () => number): Promise<SharedStore> {
  const objects = new Map<string, { readonly value: string; readonly version: number }>();
  let isFaulty = true;

  const put = (name: string, value: string, headers: IncomingMessage['headers']): number | undefined => {
    const current = objects.get(name);
    const isAllowed = headers['if-none-match'] === '*' ? !current : String(current?.version) === headers['if-match'];
    if (!isAllowed) return undefined;
    const version = (current?.version ?? 0) + 1;
    objects.set(name, { value, version });
    return version;
  };
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://bucket');
    const name = decodeURIComponent(pathname.slice(1));
    if (name === '') {
      const [prefix, after] = [searchParams.get('prefix') ?? '', searchParams.get('after') ?? ''];
      const names = [...objects.keys()].filter((each) => each.startsWith(prefix) && each > after);
      outgoing.end(JSON.stringify(names.sort((one, other) => (one < other ? -1 : 1)).slice(0, 100)));
      return;
    }
    if (incoming.method === 'GET') {
      const found = objects.get(name);
      if (found) outgoing.setHeader('etag', String(found.version)).end(found.value);
      else outgoing.writeHead(404).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const value = Buffer.concat(chunks).toString();
    const luck = isFaulty ? random() : 1;
    if (luck < FAULTS.late) {
      void pause(200 + random() * 3_000).then(() => put(name, value, incoming.headers));
      outgoing.writeHead(503).end();
      return;
    }
    const version = put(name, value, incoming.headers);
    if (luck < FAULTS.late + FAULTS.lost) incoming.socket.destroy();
    else if (version === undefined || luck < FAULTS.late + FAULTS.lost + FAULTS.conflictWithItself)
      outgoing.writeHead(412).end();
    else outgoing.setHeader('etag', String(version)).end();
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const calls = openHttpBucket(url);
  isFaulty = false;
  const store = await objectStore.create(calls);
  isFaulty = true;
  return {
    address: { kind: 'object', url },
    store,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
