import { createServer as createHttpServer } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

export interface TlsServer {
  readonly url: string;
  readonly port: number;
  /** What was decrypted, of all connections: the requests. */
  received(): string;
  /** Whether each connection went on with the session of an earlier one. */
  readonly resumed: boolean[];
  /** Connections that were made, before any handshake. */
  connections(): number;
  close(): Promise<void>;
}

/** An https server on loopback. `answer` is the JSON of every answer. */
export async function tlsServer(
  options: ServerOptions & { readonly answer?: object; readonly delayMs?: number; readonly closes?: boolean },
): Promise<TlsServer> {
  const { answer = { ok: true }, delayMs = 0, closes = false, ...tls } = options;
  let received = '';
  let connections = 0;
  const resumed: boolean[] = [];
  const server = createServer(tls, (request, response) => {
    received += `${request.method} ${request.url} ${JSON.stringify(request.headers)}`;
    request.on('data', (data) => {
      received += String(data);
    });
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json', ...(closes ? { connection: 'close' } : {}) });
      response.end(JSON.stringify(answer));
    }, delayMs);
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    // Bun has no such method.
    resumed.push(socket.isSessionReused?.() ?? false);
    socket
      .on('error', () => undefined)
      .on('data', (data) => {
        received += String(data);
      });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    received: () => received,
    resumed,
    connections: () => connections,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export interface TestProxy {
  readonly url: string;
  /** `host:port` and credentials of each tunnel that was asked for. */
  readonly asked: { readonly target: string; readonly authorization: string | undefined }[];
  close(): Promise<void>;
}

/** An http proxy on loopback. `refusal` is its answer instead of a tunnel; 'hangs-up' is no answer at all. */
export async function proxy(refusal?: number | 'hangs-up'): Promise<TestProxy> {
  const asked: TestProxy['asked'] = [];
  const sockets = new Set<Duplex>();
  const server = createHttpServer();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, socket: Duplex, head: Buffer) => {
    asked.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    if (refusal === 'hangs-up') return socket.destroy();
    if (refusal !== undefined) return socket.end(`HTTP/1.1 ${refusal} No\r\ncontent-length: 0\r\n\r\n`);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.write(head);
      target.pipe(socket).pipe(target);
    });
    sockets.add(target);
    target.on('error', () => socket.destroy()).on('close', () => sockets.delete(target));
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
