import type { ClientOptions, Secret } from 'restorekit';
import { bearerToken, CloudFoundryClient, uaaClientCredentials, uaaPassword } from 'restorekit/cloud-foundry';
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import { trustedFetch } from 'restorekit/node';
import { basicAuth } from 'restorekit/oracle-epm';
import { describeError } from 'restorekit/terminal';
import { virtualClock } from 'restorekit/testing';
import { veeamPassword } from 'restorekit/veeam-m365';
import { describe, expect, it } from 'vitest';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { BASE } from './systems.ts';
import { shown } from './whatever-could-be-printed.ts';

const SECRET = 'correct-horse-4711';

const clientOf = (options: Partial<ClientOptions>) =>
  new CloudFoundryClient({ baseUrl: BASE, auth: bearerToken('the-token-0123'), clock: virtualClock(), ...options });

describe('an option that is refused is not quoted', () => {
  it.each<[string, () => unknown]>([
    ['credentials in baseUrl', () => clientOf({ baseUrl: `https://admin:${SECRET}@api.example.org` })],
    ['a baseUrl that is none', () => clientOf({ baseUrl: `https://${SECRET} @[` })],
    ['a baseUrl of another scheme', () => clientOf({ baseUrl: `ftp://admin:${SECRET}@api.example.org` })],
    ['a baseUrl of plain http', () => clientOf({ baseUrl: `http://api.example.org/${SECRET}` })],
    ['a header that breaks the line', () => clientOf({ headers: { 'x-key': `${SECRET}\r\nhost: x` } })],
    ['a header that auth sets', () => clientOf({ headers: { authorization: `Bearer ${SECRET}` } })],
    ['a user agent that breaks the line', () => clientOf({ userAgent: `${SECRET}\n` })],
    ['auth that is a text', () => clientOf({ auth: SECRET as never })],
    ['a password in a list', () => basicAuth({ username: 'admin', password: [SECRET] as never })],
    ['a user name with the password', () => basicAuth({ username: `admin:${SECRET}`, password: 'x' })],
    ['credentials in uaaUrl', () => uaa(`https://cf:${SECRET}@login.example.org`)],
    ['a uaaUrl that is none', () => uaa(`https://${SECRET} @[`)],
    ['a proxy', () => trustedFetch({ proxy: `http://admin:${SECRET}@[` })],
    ['a private key as ca', () => trustedFetch({ ca: `-----BEGIN PRIVATE KEY-----\n${SECRET}` })],
    ['a fingerprint', () => trustedFetch({ fingerprint256: SECRET })],
  ])('%s', (_, make) => {
    let error: unknown;
    try {
      make();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'ConfigurationError' });
    expect(shown(error) + describeError(error)).not.toContain(SECRET);
  });
  const uaa = (uaaUrl: string) => uaaPassword({ username: 'admin', password: 'x', uaaUrl });
});

describe('a credential that cannot be sent, or cannot be had, is not quoted', () => {
  const refused: Readonly<Record<string, Secret>> = {
    'holds a line break': `${SECRET}\r\n${SECRET}`,
    'holds a character of no header': `${SECRET}é`,
    'comes from a function that quotes it in its error': () => {
      throw new Error(`vault refused ${SECRET}`);
    },
    'comes from a function that rejects with it': () => Promise.reject(SECRET),
    'comes in an object': () => ({ [SECRET]: SECRET }) as never,
  };
  it.each(Object.entries(refused))('one that %s', async (_, secret) => {
    const server = scriptedServer(Response.json({}));
    const { fetch } = server;
    const cf = clientOf({ auth: bearerToken(secret), fetch });
    const docspace = new DocSpaceClient({ baseUrl: BASE, auth: docspaceApiKey(secret), fetch, clock: virtualClock() });
    for (const error of [await rejection(cf.jobs.get('1')), await rejection(docspace.backups.list().toArray())]) {
      expect(shown(error) + describeError(error)).not.toContain(SECRET);
    }
    expect(server.received).toEqual([]);
  });
});

it('auth and clients show nothing of themselves', () => {
  const all = [
    basicAuth({ username: 'admin', password: SECRET }),
    bearerToken(SECRET),
    uaaPassword({ username: 'admin', password: SECRET, clientSecret: SECRET }),
    uaaClientCredentials({ clientId: 'ci', clientSecret: SECRET }),
    veeamPassword({ username: 'admin', password: SECRET }),
    docspaceApiKey(SECRET),
    clientOf({ auth: bearerToken(SECRET), headers: { 'x-key': SECRET } }),
    trustedFetch({ proxy: `http://admin:${SECRET}@127.0.0.1:1` }),
  ];
  expect(all.map(shown).join()).not.toContain(SECRET);
});

describe('a header of the caller stays hidden', () => {
  it.each([
    ['the token after its scheme', { 'proxy-authorization': `Bearer ${SECRET}` }],
    ['the value of a cookie', { cookie: `theme=dark; session=${SECRET}; lang=en` }],
    ['a short key', { 'x-api-key': 'k4711' }],
    ['a value whose name tells nothing', { 'x-route': SECRET }],
  ])('%s', async (_, headers) => {
    const inner = 'x-api-key' in headers ? 'k4711' : SECRET;
    const server = scriptedServer(Response.json({ errors: [{ detail: `bad header: ${inner}` }] }, { status: 400 }));
    const error = await rejection(clientOf({ headers, fetch: server.fetch }).jobs.get('1'));
    expect(shown(error)).toContain('bad header: [redacted]');
    expect(shown(error)).not.toContain(inner);
  });

  it('and ordinary words of ordinary headers are left alone', async () => {
    const server = scriptedServer(Response.json({ errors: [{ detail: 'no dark theme in lang en' }] }, { status: 400 }));
    const headers = { 'x-theme': 'dark', 'accept-language': 'en', cookie: 'theme=dark' };
    expect(shown(await rejection(clientOf({ headers, fetch: server.fetch }).jobs.get('1')))).toContain(
      'no dark theme in lang en',
    );
  });
});

it('a UAA that the foundation names in an echo is refused without the echo', async () => {
  const server = scriptedServer(Response.json({ links: { login: { href: `http://login.example.org/${SECRET}` } } }));
  const auth = uaaPassword({ username: 'admin', password: SECRET });
  const error = await rejection(clientOf({ auth, fetch: server.fetch }).jobs.get('1'));
  expect(error).toMatchObject({ name: 'UntrustedLocationError' });
  expect(shown(error)).not.toContain(SECRET);
});

it('the keys of a storage that a portal echoes stay hidden', async () => {
  const server = scriptedServer(({ method }) =>
    method === 'GET'
      ? Response.json({})
      : Response.json({ error: { message: `no bucket for ${SECRET}` } }, { status: 400 }),
  );
  const docspace = new DocSpaceClient({
    baseUrl: BASE,
    auth: docspaceApiKey('sk-another'),
    fetch: server.fetch,
    clock: virtualClock(),
  });
  const params = { filePath: 'backup/portal.tar.gz', module: 'S3', secretAccessKey: SECRET };
  const error = await rejection(docspace.portal.restore({ storage: 'third-party-consumer', params }));
  expect(server.received.some(({ body }) => body.includes(SECRET))).toBe(true);
  expect(shown(error)).toContain('no bucket for [redacted]');
  expect(shown(error)).not.toContain(SECRET);
});
