import { describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../src/client/client-options.ts';
import { uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { UntrustedLocationError } from '../../src/errors/untrusted-location-error.ts';
import { rejection } from '../support/rejection.ts';
import { type Received, type ScriptedServer, scriptedServer } from '../support/scripted-server.ts';
import { BASE, clientOf, JOB } from './cloud-foundry-client.ts';

const ELSEWHERE = 'https://evil.example.net';
const accepted = (location: string) => new Response(null, { status: 202, headers: { location } });
const originsOf = (server: ScriptedServer) => [...new Set(server.received.map(({ url }) => url.origin))];

describe('a job’s address', () => {
  it.each([
    `${ELSEWHERE}/v3/jobs/job-1`,
    `${ELSEWHERE}/api/v3/jobs/job-1?x=1`,
    `//evil.example.net/v3/jobs/job-1`,
    `https://api.example.org@evil.example.net/v3/jobs/job-1`,
    `https://api.example.org.evil.example.net/v3/jobs/job-1`,
    `http://api.example.org/v3/jobs/job-1`,
    `https://api.example.org:8443/v3/jobs/job-1`,
  ])('at %s is asked for at home', async (location) => {
    const server = scriptedServer(({ method }) => (method === 'POST' ? accepted(location) : Response.json(JOB)));
    const operation = await clientOf({ fetch: server.fetch }).start();
    await operation.poll();
    expect(originsOf(server)).toEqual([BASE]);
    expect(server.received.at(-1)?.url.href).toBe(`${BASE}/v3/jobs/job-1`);
    expect(server.received.at(-1)?.headers.get('authorization')).toBe('Bearer the-token-0123');
    expect(operation.toJSON().baseUrl).toBe(BASE);
  });

  it.each([
    `${ELSEWHERE}/`,
    `${ELSEWHERE}/v3/tasks/job-1`,
    `${BASE}/v3/jobs/`,
    `${BASE}/v3/jobs/job-1/../../apps`,
    `${BASE}/v3/jobs/..`,
    `${BASE}/v3/jobs/%2e%2e`,
    `${BASE}/v3/jobs/%zz`,
    `${BASE}/login?return=/v3/jobs/job-1`,
    `${BASE}/login#/v3/jobs/job-1`,
    'javascript:alert(1)//v3/jobs/job-1',
    'file:///v3/jobs/job-1',
    'data:text/plain,/v3/jobs/job-1',
  ])('at %s is refused, and says that the restore has started', async (location) => {
    const server = scriptedServer(() => accepted(location));
    const error = await rejection(clientOf({ fetch: server.fetch }).start());
    expect(error).toBeInstanceOf(UntrustedLocationError);
    expect(error).toMatchObject({ started: 'yes', isRetryable: false });
    expect(server.received).toHaveLength(1);
  });
});

describe('the next page', () => {
  const page = (next: string | null) => Response.json({ pagination: { next: next && { href: next } }, resources: [] });

  it('of a foreign host is asked for at home, behind the gateway’s prefix', async () => {
    const server = scriptedServer((_, index) =>
      page(index === 0 ? `${ELSEWHERE}/x/v3/service_instances?page=2` : null),
    );
    await clientOf({ baseUrl: `${BASE}/gateway/`, fetch: server.fetch })
      .cf.serviceInstances.list()
      .toArray();
    expect(server.received.map(({ url }) => url.origin + url.pathname)).toEqual([
      `${BASE}/gateway/v3/service_instances`,
      `${BASE}/gateway/v3/service_instances`,
    ]);
    expect(server.received.at(-1)?.url.search).toBe('?page=2');
  });

  it.each([
    `${ELSEWHERE}/v3/apps?page=2`,
    `${BASE}/v3/service_instances/../apps?page=2`,
    `${BASE}/elsewhere?next=/v3/service_instances?page=2`,
    'javascript:/v3/service_instances?page=2',
  ])('%s is refused', async (next) => {
    const server = scriptedServer(() => page(next));
    expect(await rejection(clientOf({ fetch: server.fetch }).cf.serviceInstances.list().toArray())).toBeInstanceOf(
      UntrustedLocationError,
    );
    expect(server.received).toHaveLength(1);
  });

  it('that leads in a circle ends the list', async () => {
    const server = scriptedServer((_, index) => {
      if (index > 20) throw new Error('It goes round and round.');
      return page(`${BASE}/v3/service_instances?page=2`);
    });
    await clientOf({ fetch: server.fetch }).cf.serviceInstances.list().toArray();
    expect(server.received).toHaveLength(2);
  });
});

describe('a UAA on another origin', () => {
  const LOGIN = 'https://login.example.net';
  const foundation = (links: object, token = 'token-4711') =>
    scriptedServer(({ url, method }: Received) => {
      if (url.pathname === '/') return Response.json({ links });
      if (url.pathname === '/oauth/token')
        return Response.json({ access_token: token, expires_in: 600, refresh_token: 'refresh-4711' });
      return method === 'POST' ? accepted(`${BASE}/v3/jobs/job-1`) : Response.json(JOB);
    });
  const auth = () => uaaPassword({ username: 'admin', password: 'pass-word-1' });

  it('gets the grant and nothing else, and the caller is told', async () => {
    const server = foundation({ login: { href: LOGIN } });
    const events: ClientEvent[] = [];
    const headers = { 'x-gateway-key': 'key-of-the-gateway', cookie: 'session=1' };
    await clientOf({ auth: auth(), headers, fetch: server.fetch, onEvent: (event) => events.push(event) }).read();
    const there = server.received.filter(({ url }) => url.origin !== BASE);
    expect(there.map(({ url }) => url.href)).toEqual([`${LOGIN}/oauth/token`]);
    expect([...(there[0]?.headers.keys() ?? [])].sort()).toEqual([
      'accept',
      'authorization',
      'content-type',
      'user-agent',
    ]);
    expect(there[0]?.headers.get('authorization')).toBe('Basic Y2Y6');
    expect(there[0]?.redirect).toBe('manual');
    expect(events).toContainEqual(expect.objectContaining({ type: 'token-refresh', origin: LOGIN, grant: 'password' }));
    const home = server.received.filter(({ url }) => url.pathname === '/v3/jobs/job-1');
    expect(home[0]?.headers.get('x-gateway-key')).toBe('key-of-the-gateway');
  });

  it.each([
    'http://login.example.net',
    'http://10.0.0.1',
    'http://localhost:8080',
    'http://127.0.0.1',
    'http:\\\\[::1]:8080',
    'ftp://localhost',
    'ftp://login.example.net',
    'file:///etc',
  ])('at %s gets no credentials', async (href) => {
    const server = foundation({ login: { href } });
    const error = await rejection(clientOf({ auth: auth(), fetch: server.fetch }).start());
    expect(error).toBeInstanceOf(UntrustedLocationError);
    expect(originsOf(server)).toEqual([BASE]);
    expect(server.received.every(({ body }) => body === '')).toBe(true);
  });

  it.each([`${LOGIN}/?next=`, `${LOGIN}/#`, 'https://user:pass@login.example.net', ' https:\\\\login.example.net\\'])(
    'named as %s is asked at its token endpoint',
    async (href) => {
      const server = foundation({ login: { href } });
      await clientOf({ auth: auth(), fetch: server.fetch }).read();
      expect(server.received.map(({ url }) => url.href)).toContain(`${LOGIN}/oauth/token`);
    },
  );

  it('whose address is cut to its path in no time, however long it is', async () => {
    const server = foundation({ login: { href: `${LOGIN}/${'/'.repeat(300_000)}x` } });
    expect(await rejection(clientOf({ auth: auth(), fetch: server.fetch }).start())).toMatchObject({
      name: 'UnexpectedResponseError',
    });
  });

  it('gets the discovery no credentials either', async () => {
    const server = foundation({ login: { href: LOGIN } });
    await clientOf({ auth: auth(), fetch: server.fetch }).read();
    expect(server.received[0]?.url.pathname).toBe('/');
    expect(server.received[0]?.headers.has('authorization')).toBe(false);
  });

  it('that redirects the login is not followed', async () => {
    const server = scriptedServer(({ url }) =>
      url.pathname === '/'
        ? Response.json({ links: { login: { href: LOGIN } } })
        : new Response(null, { status: 307, headers: { location: `${ELSEWHERE}/oauth/token` } }),
    );
    await rejection(clientOf({ auth: auth(), fetch: server.fetch }).start());
    expect(originsOf(server)).toEqual([BASE, LOGIN]);
  });
});

describe('plain http', () => {
  it.each([
    'http://api.example.org',
    'http://10.0.0.1:8080',
    'http://localhost.example.org',
    'http://127.0.0.1.nip.io',
  ])('%s needs an explicit leave', (baseUrl) => {
    expect(() => clientOf({ baseUrl })).toThrowError(
      expect.objectContaining({ name: 'ConfigurationError', field: 'baseUrl' }),
    );
    expect(() => clientOf({ baseUrl, allowInsecureHttp: true })).not.toThrow();
  });

  it.each([
    'http://localhost:8080',
    'http://127.0.0.1:1',
    'http://127.9.9.9',
    'http://[::1]:8080',
    'http://api.localhost',
  ])('%s is this machine', (baseUrl) => {
    expect(() => clientOf({ baseUrl })).not.toThrow();
  });
});
