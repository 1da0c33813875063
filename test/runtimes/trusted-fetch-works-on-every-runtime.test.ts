import { X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { AUTHORITY, SELF_SIGNED, SIGNED } from '../node/certificates.ts';
import { proxy, tlsServer } from '../node/tls-server.ts';
import { makeConsumer, run } from '../packaging/consumer.ts';
import { type BesideUndici, besideUndici, bun, node24, peerAt, programAt } from './runtimes.ts';

const fingerprintOf = ({ cert }: { readonly cert: string }) => new X509Certificate(cert).fingerprint256;
const SELF_SIGNED_PIN = fingerprintOf(SELF_SIGNED);
const SIGNED_PIN = fingerprintOf(SIGNED);
const PASSWORD = 'dGhlLXBhc3N3b3Jk';

interface End {
  readonly status?: number;
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly field?: string;
}

const closing: { close(): Promise<void> }[] = [];
const opened = <T extends { close(): Promise<void> }>(one: T): T => {
  closing.push(one);
  return one;
};
afterEach(() => Promise.all(closing.splice(0).map((one) => one.close())));

/** How requests with each set of options ended in a process of that runtime. */
async function endsOf(
  { runtime, undici }: BesideUndici,
  url: string,
  cases: readonly object[],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly End[]> {
  const folder = makeConsumer({
    type: 'module',
    peers: undici === undefined ? {} : { undici: peerAt(undici) },
    files: {
      'trusted-fetch.mjs': programAt('programs/trusted-fetch.ts'),
      'cases.json': { text: JSON.stringify({ url, cases }) },
    },
  });
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return JSON.parse(await run(folder, 'env', ...variables, runtime.command, ...runtime.args, 'trusted-fetch.mjs'));
}

describe.each(besideUndici)('%s with %s', (_, __, on) => {
  it('reaches a server whose authority or whose certificate was named', async () => {
    const signed = opened(await tlsServer(SIGNED));
    const cases = [{ ca: AUTHORITY }, { ca: AUTHORITY, fingerprint256: SIGNED_PIN }];
    expect(await endsOf(on, signed.url, cases)).toMatchObject([{ status: 200 }, { status: 200 }]);
    const selfSigned = opened(await tlsServer(SELF_SIGNED));
    const pinned = { fingerprint256: SELF_SIGNED_PIN };
    // The second request cannot go on with what was learnt of another connection.
    expect(await endsOf(on, selfSigned.url, [pinned, pinned])).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(selfSigned.received()).toContain(PASSWORD);
  });

  it.each([{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }])('sends nothing to any other server, with %o', async (env) => {
    const signed = opened(await tlsServer(SIGNED));
    const wrongPin = { fingerprint256: SELF_SIGNED_PIN };
    // The second chain is trusted, and only the fingerprint is wrong.
    const cases = [wrongPin, { ca: AUTHORITY, ...wrongPin }, {}, { ca: SELF_SIGNED.cert }];
    const ends = await endsOf(on, signed.url, cases, env);
    expect(ends).toMatchObject([
      { code: 'CERTIFICATE_NOT_PINNED', message: expect.stringContaining(SIGNED_PIN) },
      { code: 'CERTIFICATE_NOT_PINNED', message: expect.stringContaining(SIGNED_PIN) },
      { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
      { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    ]);
    expect(signed.received()).toBe('');

    const selfSigned = opened(await tlsServer(SELF_SIGNED));
    const others = [{ fingerprint256: SIGNED_PIN }, { ca: SELF_SIGNED.cert }];
    expect(await endsOf(on, selfSigned.url, others, env)).toMatchObject([
      { code: 'CERTIFICATE_NOT_PINNED' },
      { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    ]);
    expect(selfSigned.received()).toBe('');
  });

  it('goes through a proxy, and past it with `proxy: false`', async () => {
    const server = opened(await tlsServer(SIGNED));
    const between = opened(await proxy());
    const named = { ca: AUTHORITY, fingerprint256: SIGNED_PIN, proxy: between.url };
    const wrong = { ...named, fingerprint256: SELF_SIGNED_PIN };
    expect(await endsOf(on, server.url, [named])).toMatchObject([{ status: 200 }]);
    expect(between.asked).toHaveLength(1);
    const before = server.received();
    expect(await endsOf(on, server.url, [wrong])).toMatchObject([{ code: 'CERTIFICATE_NOT_PINNED' }]);
    expect(server.received()).toBe(before);
    const asked = between.asked.length;
    const past = await endsOf(on, server.url, [{ ca: AUTHORITY, proxy: false }], { HTTPS_PROXY: between.url });
    expect(past).toMatchObject([{ status: 200 }]);
    expect(between.asked).toHaveLength(asked);
  });
});

describe('on Bun, what cannot be done is refused, and nothing is sent', () => {
  const on: BesideUndici = { runtime: bun, undici: undefined };
  it.each([
    ['a limit for headers', { headersTimeoutMs: 1_000 }, {}, 'headersTimeoutMs'],
    ['a pin alone behind a proxy', { fingerprint256: SIGNED_PIN, proxy: 'http://127.0.0.1:9' }, {}, 'fingerprint256'],
    ['a named proxy that NO_PROXY overrules', { proxy: 'http://127.0.0.1:9' }, { NO_PROXY: '127.0.0.1' }, 'proxy'],
  ])('%s', async (_, options, env, field) => {
    const server = opened(await tlsServer(SIGNED));
    expect(await endsOf(on, server.url, [options], env)).toMatchObject([{ name: 'ConfigurationError', field }]);
    expect(server.connections()).toBe(0);
  });

  it('a pin over a connection that is not encrypted', async () => {
    const between = opened(await proxy());
    const ends = await endsOf(on, between.url, [{ fingerprint256: SIGNED_PIN, proxy: false }]);
    expect(ends).toMatchObject([{ code: 'CERTIFICATE_NOT_PINNED', message: expect.stringContaining('not encrypted') }]);
  });
});

it('on Node without undici says what to install', async () => {
  const server = opened(await tlsServer(SIGNED));
  const [end] = await endsOf({ runtime: node24, undici: undefined }, server.url, [{ ca: AUTHORITY }]);
  expect(end?.message).toMatch(/npm install undici/);
  expect(server.connections()).toBe(0);
});
