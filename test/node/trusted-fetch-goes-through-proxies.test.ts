import { X509Certificate } from 'node:crypto';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionError } from '../../src/errors/connection-error.ts';
import { type TrustedFetchOptions, trustedFetch } from '../../src/node/index.ts';
import { clientOf, JOB } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { AUTHORITY, SELF_SIGNED, SIGNED } from './certificates.ts';
import { proxy, type TestProxy, type TlsServer, tlsServer } from './tls-server.ts';

const clock = { now: () => 0, sleep: () => new Promise<void>(() => undefined), random: () => 0.5 };
const closing: { close(): Promise<void> }[] = [];
const opened = <T extends { close(): Promise<void> }>(one: T): T => {
  closing.push(one);
  return one;
};
const serving = async (tls: object): Promise<TlsServer> => opened(await tlsServer({ ...tls, answer: JOB }));
const proxying = async (refusal?: number | 'hangs-up'): Promise<TestProxy> => opened(await proxy(refusal));
const clientFor = (server: TlsServer, options: TrustedFetchOptions) =>
  clientOf({ baseUrl: server.url, clock, fetch: trustedFetch(options) });

beforeEach(() => {
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) {
    vi.stubEnv(name, undefined);
    vi.stubEnv(name.toUpperCase(), undefined);
  }
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(closing.splice(0).map((one) => one.close()));
});

describe('proxies of the environment', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])('%s is used', async (name) => {
    const [server, between] = [await serving(SIGNED), await proxying()];
    vi.stubEnv(name, between.url);
    expect((await clientFor(server, { ca: AUTHORITY }).poll()).state).toBe('running');
    expect(between.asked.map(({ target }) => target)).toEqual([`127.0.0.1:${server.port}`]);
  });

  it('may leave the scheme out', async () => {
    const [server, between] = [await serving(SIGNED), await proxying()];
    vi.stubEnv('HTTPS_PROXY', between.url.replace('http://', ''));
    await clientFor(server, { ca: AUTHORITY }).poll();
    expect(between.asked).toHaveLength(1);
  });

  it.each(['127.0.0.1', 'example.org, 127.0.0.1', '*'])('NO_PROXY=%s is respected', async (exceptions) => {
    const [server, between] = [await serving(SIGNED), await proxying()];
    vi.stubEnv('HTTPS_PROXY', between.url);
    vi.stubEnv('NO_PROXY', exceptions);
    expect((await clientFor(server, { ca: AUTHORITY }).poll()).state).toBe('running');
    expect(between.asked).toEqual([]);
  });

  it('are left alone with proxy: false', async () => {
    const [server, between] = [await serving(SIGNED), await proxying()];
    vi.stubEnv('HTTPS_PROXY', between.url);
    await clientFor(server, { ca: AUTHORITY, proxy: false }).poll();
    expect(between.asked).toEqual([]);
  });
});

it('a proxy that was named is used for all, whatever NO_PROXY says', async () => {
  const [server, between] = [await serving(SIGNED), await proxying()];
  vi.stubEnv('NO_PROXY', '*');
  await clientFor(server, { ca: AUTHORITY, proxy: between.url }).poll();
  expect(between.asked).toHaveLength(1);
});

describe('behind a proxy', () => {
  it.each([
    ['an authority', SIGNED, { ca: AUTHORITY }],
    ['a pin', SELF_SIGNED, { fingerprint256: new X509Certificate(SELF_SIGNED.cert).fingerprint256 }],
  ])('%s holds', async (_, tls, options) => {
    const [server, between] = [await serving(tls), await proxying()];
    expect((await clientFor(server, { ...options, proxy: between.url }).poll()).state).toBe('running');
    expect(between.asked).toHaveLength(1);
  });

  it.each([
    ['authority', SIGNED, {}],
    ['pin', SELF_SIGNED, { fingerprint256: new X509Certificate(SIGNED.cert).fingerprint256 }],
  ])('a server with a wrong %s gets nothing', async (_, tls, options) => {
    const [server, between] = [await serving(tls), await proxying()];
    expect(await rejection(clientFor(server, { ...options, proxy: between.url }).start())).toMatchObject({
      sent: 'no',
    });
    expect(between.asked).toHaveLength(1);
    expect(server.received()).toBe('');
  });
});

describe('a proxy that', () => {
  it.each<[string, number | 'hangs-up', RegExp]>([
    ['wants a login', 407, /407/],
    ['refuses', 403, /403/],
    ['cannot reach the server', 502, /502/],
    ['hangs up', 'hangs-up', /connection was lost/],
  ])('%s: nothing was sent', async (_, refusal, message) => {
    const [server, between] = [await serving(SIGNED), await proxying(refusal)];
    const error = (await rejection(
      clientFor(server, { ca: AUTHORITY, proxy: between.url }).start(),
    )) as ConnectionError;
    expect(error).toMatchObject({ name: 'ConnectionError', sent: 'no' });
    expect(error.message).toMatch(message);
    expect(server.received()).toBe('');
  });

  it('is not there: nothing was sent', async () => {
    const [server, between] = [await serving(SIGNED), await proxy()];
    await between.close();
    expect(await rejection(clientFor(server, { proxy: between.url }).start())).toMatchObject({
      sent: 'no',
      reason: 'ECONNREFUSED',
    });
  });
});

describe('the password of a proxy', () => {
  const withPassword = (url: string) => url.replace('http://', 'http://scott:tiger-tiger@');
  const show = (error: unknown) => `${inspect(error, { depth: 10 })}${JSON.stringify(error)}`;

  it('goes to the proxy only', async () => {
    const [server, between] = [await serving(SIGNED), await proxying()];
    vi.stubEnv('HTTPS_PROXY', withPassword(between.url));
    await clientFor(server, { ca: AUTHORITY }).poll();
    expect(between.asked[0]?.authorization).toBe(`Basic ${btoa('scott:tiger-tiger')}`);
    expect(server.received()).not.toMatch(/proxy-authorization/i);
  });

  it('is not shown where the proxy refuses it', async () => {
    const [server, between] = [await serving(SIGNED), await proxying(407)];
    const error = await rejection(clientFor(server, { proxy: withPassword(between.url) }).poll());
    expect(show(error)).toContain('407');
    expect(show(error)).not.toMatch(/tiger|dGlnZXI/);
  });

  it.each(['http://scott:tiger-tiger@[', 'ftp://scott:tiger-tiger@127.0.0.1', 'http://scott:tiger-%zz@127.0.0.1'])(
    'is not shown where the address is wrong: %s',
    (url) => {
      vi.stubEnv('HTTPS_PROXY', url);
      const thrown: unknown[] = [];
      for (const options of [{}, { proxy: url }]) {
        try {
          trustedFetch(options);
        } catch (error) {
          thrown.push(error);
        }
      }
      expect(thrown).toHaveLength(2);
      expect(thrown).toEqual([
        expect.objectContaining({ name: 'ConfigurationError', message: expect.stringContaining('HTTPS_PROXY') }),
        expect.objectContaining({ name: 'ConfigurationError', field: 'proxy' }),
      ]);
      expect(show(thrown)).not.toMatch(/tiger/);
    },
  );
});
