import { describe, expect, it } from 'vitest';
import { bearerToken } from '../../src/auth/bearer-token.ts';
import { CloudFoundryClient } from '../../src/cloud-foundry/client.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { rejection } from '../support/rejection.ts';
import { type ScriptedServer, scriptedServer } from '../support/scripted-server.ts';

const BASE = 'https://gateway.example.org/cf';
const TOKEN = 'a-token-that-nobody-may-see';

function clientOf(server: ScriptedServer) {
  return new CloudFoundryClient({
    baseUrl: BASE,
    auth: bearerToken(TOKEN),
    fetch: server.fetch,
    clock: virtualClock(),
  });
}

describe('an endpoint that no method wraps', () => {
  it('is called below the base URL, with the login of the client', async () => {
    const server = scriptedServer(Response.json({ resources: [] }));
    const answer = await clientOf(server).request({
      method: 'get',
      path: '/v3/organizations',
      query: { per_page: 5, names: ['a', 'b'], left: undefined },
    });
    expect(answer).toMatchObject({ status: 200, body: { resources: [] } });
    const [sent] = server.received;
    expect(sent?.url.href).toBe(`${BASE}/v3/organizations?per_page=5&names=a&names=b`);
    expect(sent?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
  });

  it('sends a body as JSON', async () => {
    const server = scriptedServer(() => new Response(null, { status: 204 }));
    const answer = await clientOf(server).request({ method: 'PATCH', path: '/v3/apps/1', body: { name: 'x' } });
    expect(answer).toMatchObject({ status: 204, body: undefined });
    expect(server.received).toMatchObject([{ method: 'PATCH', body: '{"name":"x"}' }]);
  });

  it.each([
    ['no slash', 'v3/apps'],
    ['another host', '//evil.example.net/v3'],
    ['a URL', 'https://evil.example.net/v3'],
    ['user and host', '@evil.example.net/'],
    ['above the prefix', '/../other/v3'],
    ['above the prefix, encoded', '/%2e%2e/other/v3'],
    ['a fragment', '/v3/apps#x'],
    ['a backslash', '/v3\\..\\..\\other'],
    ['a line break', '/v3/apps\r\nx: y'],
    ['nothing', ''],
  ])('a path with %s is refused, and nothing is sent', async (_, path) => {
    const server = scriptedServer(Response.json({}));
    const error = await rejection(clientOf(server).request({ method: 'GET', path }));
    expect(error).toMatchObject({ name: 'ConfigurationError', field: 'path', started: 'no' });
    expect(server.received).toEqual([]);
  });

  it.each([
    [{ method: 'START', path: '/v3' }, 'method'],
    [{ method: 'POST', path: '/v3', mode: 'start' as 'write' }, 'mode'],
    [{ method: 'POST', path: '/v3', mode: 'blocking' as 'write' }, 'mode'],
  ])('%j is refused', async (request, field) => {
    const server = scriptedServer(Response.json({}));
    expect(await rejection(clientOf(server).request(request))).toMatchObject({ name: 'ConfigurationError', field });
    expect(server.received).toEqual([]);
  });

  it('is repeated where it reads', async () => {
    let asked = 0;
    const server = scriptedServer(() => {
      asked += 1;
      return asked < 3 ? new Response('', { status: 503 }) : Response.json({ ok: true });
    });
    expect((await clientOf(server).request({ method: 'GET', path: '/v3/apps' })).body).toEqual({ ok: true });
    expect(asked).toBe(3);
  });

  it.each(['DELETE', 'PUT', 'POST', 'PATCH'])(
    'a lost %s is sent once, and told as a change that may have been made',
    async (method) => {
      const server = scriptedServer(() =>
        Promise.reject(new TypeError('fetch failed', { cause: new Error('other side closed') })),
      );
      const error = await rejection(clientOf(server).request({ method, path: '/v3/apps/1' }));
      expect(error).toMatchObject({
        name: 'WriteOutcomeUnknownError',
        method,
        started: 'unknown',
        isRetryable: false,
        path: '/cf/v3/apps/1',
      });
      expect(server.received).toHaveLength(1);
    },
  );

  it.each([500, 502, 504])('a %i to a change says nothing of it', async (status) => {
    const server = scriptedServer(() => new Response('', { status }));
    const error = await rejection(clientOf(server).request({ method: 'DELETE', path: '/v3/apps/1' }));
    expect(error).toMatchObject({ name: 'WriteOutcomeUnknownError' });
    expect(server.received).toHaveLength(1);
  });

  it('a refusal is an error of its kind, secrets taken out', async () => {
    const body = { errors: [{ code: 10_008, title: 'CF-UnprocessableEntity', detail: `bad ${TOKEN}` }] };
    const server = scriptedServer(Response.json(body, { status: 422 }));
    const error = (await rejection(clientOf(server).request({ method: 'POST', path: '/v3/apps' }))) as Error;
    expect(error).toMatchObject({ name: 'ValidationError', status: 422 });
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(TOKEN);
  });

  it('an answer beyond the bounds is refused', async () => {
    const server = scriptedServer(() => new Response(`[${'0,'.repeat(1_100_000)}0]`, { status: 200 }));
    expect(await rejection(clientOf(server).request({ method: 'GET', path: '/v3/apps' }))).toMatchObject({
      name: 'UnexpectedResponseError',
    });
  });
});
