import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionError } from '../../src/errors/connection-error.ts';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { rejection } from '../support/rejection.ts';
import { fetchFailed, scriptedServer } from '../support/scripted-server.ts';
import { clientOf } from './cloud-foundry-client.ts';

const coded = (code: string, syscall = 'connect') => Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
const wrapped = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('what fetch rejects with', () => {
  it.each<[string, unknown, string]>([
    ['a refused connection', fetchFailed('ECONNREFUSED'), 'ECONNREFUSED'],
    ['a name that is not known', fetchFailed('ENOTFOUND'), 'ENOTFOUND'],
    ['a name server that is away', fetchFailed('EAI_AGAIN'), 'EAI_AGAIN'],
    ['no route', fetchFailed('EHOSTUNREACH'), 'EHOSTUNREACH'],
    ['a connection that takes too long to make', fetchFailed('UND_ERR_CONNECT_TIMEOUT'), 'UND_ERR_CONNECT_TIMEOUT'],
    ['a certificate that is not trusted', fetchFailed('DEPTH_ZERO_SELF_SIGNED_CERT'), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [
      'all addresses of Happy Eyeballs refusing',
      wrapped(new AggregateError([coded('ECONNREFUSED'), coded('EHOSTUNREACH')])),
      'ECONNREFUSED',
    ],
    [
      'the same, with a code of its own',
      wrapped(Object.assign(new AggregateError([coded('ECONNREFUSED')]), { code: 'ECONNREFUSED' })),
      'ECONNREFUSED',
    ],
    ['a refused connection without a wrapper', coded('ECONNREFUSED'), 'ECONNREFUSED'],
    ['a connection that times out as it is made', wrapped(coded('ETIMEDOUT')), 'ETIMEDOUT'],
    ['a connection that is reset as it is made', wrapped(coded('ECONNRESET')), 'ECONNRESET'],
    ['a name that a resolver does not know', wrapped(coded('ENOTFOUND', 'queryA')), 'ENOTFOUND'],
  ])('%s: not sent', async (_, failure, reason) => {
    const server = scriptedServer(() => Promise.reject(failure));
    const { poll, start } = clientOf({ fetch: server.fetch });
    for (const call of [poll, start]) {
      const error = await rejection(call());
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ sent: 'no', reason, isRetryable: true });
    }
  });

  it.each<[string, unknown]>([
    ['a reset', fetchFailed('ECONNRESET')],
    ['a broken pipe', fetchFailed('EPIPE')],
    ['a connection that loses its route', wrapped(coded('EHOSTUNREACH', 'read'))],
    ['a network that goes away while sending', wrapped(coded('ENETUNREACH', 'write'))],
    ['a lost route, told in words alone', fetchFailed('EHOSTUNREACH', 'read EHOSTUNREACH')],
    ['a socket that was closed', fetchFailed('UND_ERR_SOCKET', 'other side closed')],
    ['headers that take too long', fetchFailed('UND_ERR_HEADERS_TIMEOUT')],
    [
      'one address refusing, another resetting',
      wrapped(new AggregateError([coded('ECONNREFUSED'), coded('ECONNRESET', 'read')])),
    ],
    [
      'an empty AggregateError that says refused',
      wrapped(Object.assign(new AggregateError([]), { cause: coded('ECONNRESET', 'read') })),
    ],
    ['a failure without a word', new TypeError('fetch failed')],
    ['a failure that is no Error', 'boom'],
    ['nothing', undefined],
  ])('%s: not known', async (_, failure) => {
    const server = scriptedServer(() => Promise.reject(failure));
    const { poll, start } = clientOf({ fetch: server.fetch });
    const error = await rejection(poll());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: 'unknown' });
    expect('status' in (error as object)).toBe(false);
    expect(await rejection(start())).toBeInstanceOf(StartOutcomeUnknownError);
  });

  it('goes on as the cause', async () => {
    const server = scriptedServer(fetchFailed('ECONNRESET', 'read ECONNRESET'));
    const error = (await rejection(clientOf({ fetch: server.fetch }).poll())) as ConnectionError;
    expect(error.cause).toMatchObject({
      message: 'fetch failed',
      cause: { message: 'read ECONNRESET', code: 'ECONNRESET' },
    });
  });
});

describe('real sockets', () => {
  const servers: Server[] = [];
  const listening = async (onConnection: Parameters<typeof createServer>[1]) => {
    const server = createServer(onConnection);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });
  // A real network takes real time, so none may pass on the client's clock.
  const clock = { now: () => 0, sleep: () => new Promise<void>(() => undefined), random: () => 0.5 };
  const real = (baseUrl: string) => clientOf({ baseUrl, clock, fetch: globalThis.fetch });

  it.each(['127.0.0.1', 'localhost'])('a closed port on %s: not sent', async (host) => {
    const port = await listening(undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const error = await rejection(real(`http://${host}:${port}`).start());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: 'no', reason: 'ECONNREFUSED' });
  });

  it('a name that nobody has: not sent', async () => {
    const error = await rejection(real('https://restorekit-no-such-host.invalid').start());
    expect(error).toMatchObject({ name: 'ConnectionError', sent: 'no' });
  });

  it('a handshake that the server ends: not sent', async () => {
    const port = await listening((socket) => socket.on('error', () => undefined).once('data', () => socket.end()));
    const error = await rejection(real(`https://127.0.0.1:${port}`).start());
    expect(error).toMatchObject({ name: 'ConnectionError', sent: 'no' });
  });

  it.each<[string, Parameters<typeof createServer>[1]]>([
    [
      'resets once the request has come',
      (socket) => socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy()),
    ],
    ['closes without an answer', (socket) => socket.on('error', () => undefined).once('data', () => socket.end())],
    [
      'breaks off in the headers',
      (socket) => socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 202 Acc')),
    ],
    [
      'breaks off in the body',
      (socket) =>
        socket
          .on('error', () => undefined)
          .once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nshort')),
    ],
    [
      'speaks no HTTP',
      (socket) => socket.on('error', () => undefined).once('data', () => socket.end('SSH-2.0-OpenSSH_9.6\r\n')),
    ],
  ])('a server that %s: not known', async (_, onConnection) => {
    const port = await listening(onConnection);
    expect(await rejection(real(`http://127.0.0.1:${port}`).start())).toBeInstanceOf(StartOutcomeUnknownError);
    expect(await rejection(real(`http://127.0.0.1:${port}`).poll())).toMatchObject({
      name: 'ConnectionError',
      sent: 'unknown',
    });
  });
});

describe('the message names the host, and what to do', () => {
  const messageOf = async (failure: unknown, baseUrl = 'https://api.example.org') => {
    const server = scriptedServer(() => Promise.reject(failure));
    return (await rejection(clientOf({ fetch: server.fetch, baseUrl }).poll())) as ConnectionError;
  };
  const refusedAt = (port: number) => wrapped(Object.assign(coded('ECONNREFUSED'), { address: '127.0.0.1', port }));

  it.each<[string, unknown, RegExp]>([
    ['a certificate of its own', fetchFailed('DEPTH_ZERO_SELF_SIGNED_CERT'), /trustedFetch/],
    ['a chain that is not known', fetchFailed('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), /trustedFetch/],
    ['a certificate of another host', fetchFailed('ERR_TLS_CERT_ALTNAME_INVALID'), /another host name.*baseUrl/],
    ['a certificate that has expired', fetchFailed('CERT_HAS_EXPIRED'), /renew it/],
    ['a name that is not known', fetchFailed('ENOTFOUND'), /cannot be resolved.*baseUrl/],
    ['a closed port', refusedAt(443), /No server listens/],
    ['a proxy that is down', refusedAt(3128), /port 3128.*proxy/],
    ['plain http under an https URL', wrapped(new Error('EPROTO: SSL routines:wrong version number')), /not speak TLS/],
  ])('%s', async (_, failure, advice) => {
    const { message, sent } = await messageOf(failure);
    expect(message).toContain('api.example.org');
    expect(message).toMatch(advice);
    expect(sent).toBe('no');
  });

  it('a port that fetch never uses was not sent to', async () => {
    const { message, sent } = await messageOf(wrapped(new Error('bad port')), 'https://api.example.org:6667');
    expect(message).toContain('Fetch never uses port 6667');
    expect(sent).toBe('no');
  });
});

it('an answer that is no JSON names the path of the base URL, a frequent mistake', async () => {
  const server = scriptedServer(() => new Response('<html>', { status: 200 }));
  const { poll } = clientOf({ fetch: server.fetch, baseUrl: 'https://api.example.org/apps/manager' });
  expect(((await rejection(poll())) as Error).message).toContain("the path '/apps/manager'");
});
