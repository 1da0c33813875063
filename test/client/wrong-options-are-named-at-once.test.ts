import { describe, expect, it } from 'vitest';
import { basicAuth } from '../../src/auth/basic-auth.ts';
import { bearerToken } from '../../src/auth/bearer-token.ts';
import { CloudFoundryClient } from '../../src/cloud-foundry/client.ts';
import { docspaceApiKey } from '../../src/docspace/docspace-api-key.ts';
import { veeamPassword } from '../../src/veeam-m365/veeam-password.ts';
import { BASE } from '../http/cloud-foundry-client.ts';
import { scriptedServer } from '../support/scripted-server.ts';

const good = { baseUrl: BASE, auth: bearerToken('the-token-0123') };
const make = (options: unknown) => () => new CloudFoundryClient(options as never);

describe('an option that is wrong is a ConfigurationError that names it', () => {
  it.each<[string, unknown]>([
    ['options', undefined],
    ['options', null],
    ['options', 'https://api.example.org'],
    ['baseUrl', { auth: good.auth }],
    ['baseUrl', { ...good, baseUrl: '' }],
    ['baseUrl', { ...good, baseUrl: 'api.example.org' }],
    ['baseUrl', { ...good, baseUrl: '/v3' }],
    ['baseUrl', { ...good, baseUrl: 'ftp://api.example.org' }],
    ['baseUrl', { ...good, baseUrl: 'https://user:pass@api.example.org' }],
    ['baseUrl', { ...good, baseUrl: 'http://api.example.org' }],
    ['baseUrl', { ...good, baseUrl: new URL(BASE) }],
    ['auth', { baseUrl: BASE }],
    ['auth', { ...good, auth: 'token' }],
    ['auth', { ...good, auth: { username: 'a', password: 'b' } }],
    ['auth', { ...good, auth: basicAuth({ username: 'a', password: 'b' }) }],
    ['auth', { ...good, auth: veeamPassword({ username: 'a', password: 'b' }) }],
    ['auth', { ...good, auth: docspaceApiKey('sk-1') }],
    ['fetch', { ...good, fetch: 'fetch' }],
    ['onEvent', { ...good, onEvent: {} }],
    ['requestTimeoutMs', { ...good, requestTimeoutMs: 0 }],
    ['requestTimeoutMs', { ...good, requestTimeoutMs: Number.NaN }],
    ['requestTimeoutMs', { ...good, requestTimeoutMs: '5' }],
    ['maxInFlight', { ...good, maxInFlight: 0 }],
    ['clock', { ...good, clock: {} }],
    ['clock', { ...good, clock: { now: () => 0 } }],
    ['headers.x', { ...good, headers: { x: 'a\nb' } }],
    ['userAgent', { ...good, userAgent: 'a\nb' }],
  ])('%s', (field, options) => {
    expect(make(options)).toThrowError(
      expect.objectContaining({ name: 'ConfigurationError', field, message: expect.stringContaining(field) }),
    );
  });

  it('never quotes the credentials in a base URL', () => {
    let message = '';
    try {
      make({ ...good, baseUrl: 'https://user:hunter2@api.example.org' })();
    } catch (error) {
      message = String(error) + JSON.stringify(error);
    }
    expect(message).not.toContain('hunter2');
  });
});

describe('a base URL is understood as people paste it', () => {
  it.each([
    ['https://api.example.org', 'https://api.example.org'],
    ['https://api.example.org/', 'https://api.example.org'],
    [' https://api.example.org/v3 ', 'https://api.example.org'],
    ['https://API.example.org:443/v3/', 'https://api.example.org'],
    ['https://gateway.example.org/cf/v3', 'https://gateway.example.org/cf'],
    ['https://gateway.example.org/cf///?x=1#y', 'https://gateway.example.org/cf'],
  ])('%s', async (baseUrl, expected) => {
    const { fetch, received } = scriptedServer(new Response('{"guid":"j","state":"POLLING"}'));
    const client = new CloudFoundryClient({ ...good, baseUrl, fetch });
    await client.jobs.get('j');
    expect(received.map(({ url }) => url.href)).toEqual([`${expected}/v3/jobs/j`]);
    expect(client.baseUrl).toBe(expected);
  });
});

it.each([
  ['timeout', 1_000, 'requestTimeoutMs'],
  ['baseURL', 'https://api.example.org', 'baseUrl'],
  ['header', {}, 'headers'],
])('an option that is not known is refused, and the likely one is named: %s', (name, value, meant) => {
  expect(() => new CloudFoundryClient({ ...good, [name]: value })).toThrowError(
    expect.objectContaining({ name: 'ConfigurationError', field: name, message: expect.stringContaining(meant) }),
  );
});
