import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, connectionReset } from './answer.ts';

const NEEDS_NODE =
  'listen() cannot open a port here, because node:http cannot be loaded. Give `emulator.fetch` to the client as its `fetch`.';

/** An emulator on a loopback port. */
export interface EmulatorServer {
  /** Base URL, such as `http://127.0.0.1:49152`. */
  readonly url: string;
  /** Stops listening and closes the connections that are still open. */
  close(): Promise<void>;
}

export async function listenOnLoopback(answer: (request: Request) => Promise<Answer>): Promise<EmulatorServer> {
  const { createServer } = await nodeHttp();
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, answer).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The emulator has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Loaded when it is needed, and by a name that bundlers do not read: the emulators run in browsers too, and only this
 * needs Node. Jest cannot import in a CommonJS module, so the import is the second way; it is for Node before 20.16.
 */
async function nodeHttp(): Promise<typeof import('node:http')> {
  const builtIn = globalThis.process?.getBuiltinModule?.('node:http');
  if (builtIn) return builtIn;
  const name = ['node', 'http'].join(':');
  try {
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ name);
  } catch (cause) {
    throw new Error(NEEDS_NODE, { cause });
  }
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: Request) => Promise<Answer>,
): Promise<void> {
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const result = await answer(await toRequest(incoming, gone.signal));
  if (result === connectionReset) {
    incoming.socket.destroy();
    return;
  }
  outgoing.statusCode = result.status;
  for (const [name, value] of result.headers) outgoing.appendHeader(name, value);
  if (result.body) {
    // Each piece is sent before the next one is read, so that a body that breaks off has been sent up to that point.
    outgoing.flushHeaders();
    for await (const chunk of result.body) await sent((done) => outgoing.write(chunk, done));
  }
  outgoing.end();
}

function sent(write: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => write((error) => (error ? reject(error) : resolve())));
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] ?? '', incoming.rawHeaders[index + 1] ?? '');
  }
  const method = incoming.method ?? 'GET';
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method,
    headers,
    signal,
    body: method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks),
  });
}
