import { X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConnectionError } from '../../src/errors/connection-error.ts';
import { type TrustedFetchOptions, trustedFetch } from '../../src/node/index.ts';
import { clientOf, JOB } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { AUTHORITY, SELF_SIGNED, SIGNED } from './certificates.ts';
import { type TlsServer, tlsServer } from './tls-server.ts';

const fingerprintOf = ({ cert }: { cert: string }) => new X509Certificate(cert).fingerprint256;
const RIGHT = fingerprintOf(SELF_SIGNED);
const WRONG = fingerprintOf(SIGNED);
// Real sockets take real time, so none may pass on the client's clock.
const clock = { now: () => 0, sleep: () => new Promise<void>(() => undefined), random: () => 0.5 };

const servers: TlsServer[] = [];
async function serving(options: Parameters<typeof tlsServer>[0]): Promise<TlsServer> {
  const server = await tlsServer({ answer: JOB, ...options });
  servers.push(server);
  return server;
}
const clientFor = ({ url }: Pick<TlsServer, 'url'>, options: TrustedFetchOptions) =>
  clientOf({ baseUrl: url, clock, fetch: trustedFetch({ proxy: false, ...options }) });

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('an authority', () => {
  it.each([
    ['as a text', AUTHORITY],
    ['in a list, among others', [SELF_SIGNED.cert, AUTHORITY]],
    ['in one file with others', `${SELF_SIGNED.cert}\n${AUTHORITY}\n`],
  ])('that was named is trusted: %s', async (_, ca) => {
    expect((await clientFor(await serving(SIGNED), { ca }).poll()).state).toBe('running');
  });

  it.each([
    ['nobody has named', {}, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['is another one', { ca: SELF_SIGNED.cert }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ])('that %s is not: nothing is sent', async (_, options, reason) => {
    const server = await serving(SIGNED);
    const error = await rejection(clientFor(server, options).start());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: 'no', reason });
    expect(server.received()).toBe('');
  });

  it('does not excuse another name', async () => {
    const server = await serving(SELF_SIGNED);
    const error = await rejection(clientFor(server, { ca: SELF_SIGNED.cert }).start());
    expect(error).toMatchObject({ sent: 'no', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(server.received()).toBe('');
  });
});

describe('a pinned certificate', () => {
  it.each([
    ['with colons', RIGHT],
    ['without', RIGHT.replaceAll(':', '').toLowerCase()],
    ['as openssl prints it', `sha256 Fingerprint=${RIGHT}\n`],
    ['in a list', [WRONG, RIGHT]],
  ])('is trusted, although it is signed by itself and for another name: %s', async (_, fingerprint256) => {
    // VM-28
    const server = await serving(SELF_SIGNED);
    expect((await clientFor(server, { fingerprint256 }).poll()).state).toBe('running');
    expect(server.received()).toContain('Bearer the-token-0123');
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'that the server does not have: nothing is sent, and both are named (%s)',
    async (version) => {
      const server = await serving({ ...SELF_SIGNED, minVersion: version, maxVersion: version });
      const { start, read } = clientFor(server, { fingerprint256: WRONG });
      const error = (await rejection(start())) as ConnectionError;
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error).toMatchObject({ sent: 'no', reason: 'CERTIFICATE_NOT_PINNED' });
      expect(error.message).toContain(RIGHT);
      expect(error.message).toContain(WRONG);
      expect(error.message).toContain(`127.0.0.1:${server.port}`);
      void read().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(server.connections()).toBeGreaterThan(0);
      expect(server.received()).toBe('');
    },
  );

  it('counts for every connection: none goes on with the session of another', async () => {
    const server = await serving({ ...SELF_SIGNED, maxVersion: 'TLSv1.2', closes: true });
    const { poll } = clientFor(server, { fingerprint256: RIGHT });
    for (let index = 0; index < 3; index += 1) await poll();
    expect(server.resumed).toEqual([false, false, false]);
  });

  it('and an authority must both hold', async () => {
    const server = await serving(SIGNED);
    const own = fingerprintOf(SIGNED);
    expect((await clientFor(server, { ca: AUTHORITY, fingerprint256: own }).poll()).state).toBe('running');
    const before = server.received();
    for (const options of [
      { ca: AUTHORITY, fingerprint256: RIGHT },
      { ca: SELF_SIGNED.cert, fingerprint256: own },
    ]) {
      expect(await rejection(clientFor(server, options).start())).toMatchObject({ sent: 'no' });
    }
    expect(server.received()).toBe(before);
  });

  it('needs https: a server that speaks no TLS gets nothing', async () => {
    const plain = await plainServer();
    const error = (await rejection(clientFor(plain, { fingerprint256: RIGHT }).start())) as ConnectionError;
    expect(error).toMatchObject({ sent: 'no', reason: 'CERTIFICATE_NOT_PINNED' });
    expect(error.message).toContain('not encrypted');
    expect(plain.received()).toBe('');
  });
});

it('the variable that switches the checks off for a process does not switch these off', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const server = await serving(SIGNED);
  expect(await rejection(clientFor(server, {}).start())).toMatchObject({ sent: 'no' });
  expect(server.received()).toBe('');
});

describe('a wrong option is named at once', () => {
  const SHA1 = 'AA:'.repeat(20).slice(0, -1);
  it.each<[string, unknown, string]>([
    ['an empty ca', { ca: '' }, 'ca'],
    ['no ca at all in a list', { ca: [] }, 'ca'],
    ['the path of a file', { ca: '/etc/ssl/veeam.pem' }, 'ca'],
    ['a damaged certificate', { ca: AUTHORITY.replace('MII', '!!!') }, 'ca'],
    ['an empty fingerprint', { fingerprint256: '' }, 'fingerprint256'],
    ['no fingerprint in a list', { fingerprint256: [] }, 'fingerprint256'],
    ['a thumbprint of Windows', { fingerprint256: SHA1 }, 'fingerprint256'],
    ['half a fingerprint', { fingerprint256: RIGHT.slice(0, 50) }, 'fingerprint256'],
    ['a proxy that is no URL', { proxy: 'http://[' }, 'proxy'],
    ['a proxy of another kind', { proxy: 'socks5://127.0.0.1' }, 'proxy'],
    ['a proxy that is true', { proxy: true }, 'proxy'],
    ['a negative timeout', { headersTimeoutMs: -1 }, 'headersTimeoutMs'],
  ])('%s', (_, options, field) => {
    expect(() => trustedFetch(options as TrustedFetchOptions)).toThrowError(
      expect.objectContaining({ name: 'ConfigurationError', field }),
    );
  });
});

async function plainServer() {
  const { createServer } = await import('node:net');
  let received = '';
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (data) => {
        received += String(data);
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  servers.push({
    url: '',
    port,
    received: () => received,
    resumed: [],
    connections: () => 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  });
  return { url: `http://127.0.0.1:${port}`, received: () => received };
}
