import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { CloudFoundryClient } from 'restorekit/cloud-foundry';
import { RestoreInProgressError, RestoreKitError } from 'restorekit/errors';
import { type Operation, watch } from 'restorekit/operation';
import { followStart, listStarts, type RestoreStore, startOnce } from 'restorekit/start-once';

export interface RestoreServiceOptions {
  readonly client: CloudFoundryClient;
  readonly store: RestoreStore;
  readonly cadence?: () => number;
}

interface Order {
  readonly key: string;
  readonly into: string;
  readonly backupId: string;
}

/**
 * `POST /restores` takes an order and answers at once; `GET /restores/<key>` returns its state. All state is in the
 * store, so a new process follows what an old one has started, and starts nothing twice.
 */
export class RestoreService {
  readonly #options: RestoreServiceOptions;
  readonly #stopping = new AbortController();
  /** The last update of each restore, as JSON. */
  readonly #seen = new Map<string, unknown>();
  readonly #server: Server;

  constructor(options: RestoreServiceOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        ({ status, body }) =>
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
        (error: unknown) => {
          const isOurs = RestoreKitError.isInstance(error);
          const status = RestoreInProgressError.isInstance(error) ? 409 : isOurs ? 502 : 400;
          response.writeHead(status).end(JSON.stringify(isOurs ? error : { message: String(error) }));
        },
      );
    });
  }

  /** Follows unfinished restores, then listens. Returns the URL. */
  async listen(): Promise<string> {
    const { client, store } = this.#options;
    for await (const { key, state } of listStarts({ store })) {
      if (state === 'started') this.#follow(key, await followStart({ key, client, store }));
      else if (state !== 'ended') this.#seen.set(key, { state });
    }
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as { readonly port: number }).port}`;
  }

  /** Stops following the restores. They go on. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('the service stops'));
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: unknown }> {
    const [, collection, key = ''] = (request.url ?? '').split('/').map(decodeURIComponent);
    if (collection !== 'restores') return { status: 404, body: { message: 'There is only /restores.' } };
    if (request.method === 'POST') return this.#order(JSON.parse(await textOf(request)) as Order);
    const { store } = this.#options;
    const records = await listStarts({ store }).toArray();
    if (key === '') return { status: 200, body: records.map(({ key, state, endedAs }) => ({ key, state, endedAs })) };
    const record = records.find((each) => each.key === key);
    if (!record) return { status: 404, body: { message: `There is no restore ${key}.` } };
    return { status: 200, body: { ...record, seen: this.#seen.get(key) } };
  }

  async #order({ key, into, backupId }: Order): Promise<{ readonly status: number; readonly body: unknown }> {
    const { client, store } = this.#options;
    const operation = await startOnce({
      key,
      store,
      client,
      target: into,
      input: { into, from: { backupId } },
      start: (input) => client.serviceInstances.restore({ ...input, note: key }),
    });
    if (!this.#seen.has(key)) this.#follow(key, operation);
    return { status: 202, body: { key, handle: operation } };
  }

  /** Follows a restore to its end in the background. Requests get the last update. */
  #follow(key: string, operation: Operation<unknown>): void {
    const { cadence } = this.#options;
    const work = async () => {
      for await (const update of watch(operation, { signal: this.#stopping.signal, cadence })) {
        this.#seen.set(key, update);
      }
    };
    work().catch((error: unknown) => this.#seen.set(key, { state: 'unknown', error }));
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
