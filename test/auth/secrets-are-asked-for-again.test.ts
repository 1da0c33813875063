import { describe, expect, it } from 'vitest';
import { bearerToken } from '../../src/auth/bearer-token.ts';
import { uaaClientCredentials, uaaPassword } from '../../src/auth/uaa.ts';
import { AuthenticationError } from '../../src/errors/authentication-error.ts';
import { ConnectionError } from '../../src/errors/connection-error.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { errorOf, json } from '../http/fake-server.ts';
import { grantsOf, refusal, tokenServer, tokensOf, unauthorized } from './token-server.ts';

describe('a password that a function answers', () => {
  it('is asked for at each login, not at each call', async () => {
    let asked = 0;
    const auth = uaaPassword({ username: 'admin', password: async () => `lease-${++asked}` });
    const server = tokenServer({ api: (_, index) => (index === 3 ? unauthorized() : undefined), withRefresh: false });
    const { poll } = clientOf({ auth, fetch: server.fetch });
    for (let count = 0; count < 4; count += 1) await poll();
    expect(server.grants.map((form) => form.get('password'))).toEqual(['lease-1', 'lease-2']);
  });

  it('opens the door again once it has changed after a refusal', async () => {
    let lease = 'expired-lease';
    const auth = uaaPassword({ username: 'admin', password: () => lease });
    const server = tokenServer({ grant: (form) => (form.get('password') === 'expired-lease' ? refusal() : undefined) });
    const { poll } = clientOf({ auth, fetch: server.fetch });
    expect(await errorOf(poll())).toBeInstanceOf(AuthenticationError);
    expect(await errorOf(poll())).toBeInstanceOf(AuthenticationError);
    expect(server.grants).toHaveLength(1);
    lease = 'fresh-lease';
    await poll();
    expect(server.grants).toHaveLength(2);
  });

  it('that cannot be had is an outage, and says nothing of the vault', async () => {
    const auth = uaaPassword({
      username: 'admin',
      password: () => Promise.reject(new Error('vault says hvs.secret-token')),
    });
    const server = tokenServer();
    const error = await errorOf(clientOf({ auth, fetch: server.fetch }).start());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: 'no' });
    expect(JSON.stringify(error)).not.toContain('hvs.');
    expect(server.grants).toEqual([]);
  });

  it('that is no text is a mistake of the caller', async () => {
    const auth = uaaPassword({ username: 'admin', password: (() => undefined) as never });
    expect(await errorOf(clientOf({ auth, fetch: tokenServer().fetch }).poll())).toMatchObject({
      name: 'ConfigurationError',
      field: 'auth.password',
    });
  });
});

it.each([
  [
    'a user’s login',
    (secret: () => string) =>
      uaaPassword({ username: 'admin', password: 'pass-word-1', clientId: 'ci', clientSecret: secret }),
  ],
  ['a client’s login', (secret: () => string) => uaaClientCredentials({ clientId: 'ci', clientSecret: secret })],
])('%s is tried again once the client’s secret has changed', async (_, authOf) => {
  let secret = 'old-secret';
  const basic = (value: string) => `Basic ${btoa(`ci:${value}`)}`;
  const server = tokenServer({
    grant: (_form, _index, { headers }) =>
      headers.get('authorization') === basic('new-secret') ? undefined : refusal(),
  });
  const { poll } = clientOf({ auth: authOf(() => secret), fetch: server.fetch });
  expect(await errorOf(poll())).toBeInstanceOf(AuthenticationError);
  expect(await errorOf(poll())).toBeInstanceOf(AuthenticationError);
  expect(server.grants).toHaveLength(1);
  secret = 'new-secret';
  await poll();
  expect(grantsOf(server)).toHaveLength(2);
});

describe('a bearer token', () => {
  it('that a function answers is asked for after a 401, and tried if it is another', async () => {
    let asked = 0;
    const server = tokenServer({
      api: ({ headers }) => (headers.get('authorization') === 'Bearer lease-1' ? unauthorized() : undefined),
    });
    const { poll } = clientOf({ auth: bearerToken(() => `lease-${++asked}`), fetch: server.fetch });
    await poll();
    await poll();
    expect(tokensOf(server)).toEqual(['Bearer lease-1', 'Bearer lease-2', 'Bearer lease-2']);
    expect(asked).toBe(2);
  });

  it('that stays the same is not sent twice', async () => {
    const server = tokenServer({ api: unauthorized });
    const { poll } = clientOf({ auth: bearerToken(() => 'the-same-token'), fetch: server.fetch });
    expect(await errorOf(poll())).toBeInstanceOf(AuthenticationError);
    expect(server.calls).toHaveLength(1);
  });

  it('is asked for once by many refused calls', async () => {
    let asked = 0;
    const server = tokenServer({
      api: ({ headers }) =>
        headers.get('authorization') === 'Bearer lease-1' ? unauthorized() : json({ guid: 'j', state: 'POLLING' }),
    });
    const token = async () => {
      asked += 1;
      const lease = `lease-${asked}`;
      await new Promise((resolve) => setImmediate(resolve));
      return lease;
    };
    const { poll } = clientOf({ auth: bearerToken(token), fetch: server.fetch });
    await Promise.all(Array.from({ length: 50 }, () => poll()));
    expect(asked).toBe(2);
  });
});
