import { describe, expect, it } from 'vitest';
import { bearerToken } from '../../src/auth/bearer-token.ts';
import { uaaClientCredentials, uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { AuthenticationError } from '../../src/errors/authentication-error.ts';
import { ConnectionError } from '../../src/errors/connection-error.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
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

  it('is sent at once if it has changed after a refusal', async () => {
    let lease = 'expired-lease';
    const auth = uaaPassword({ username: 'admin', password: () => lease });
    const server = tokenServer({ grant: (form) => (form.get('password') === 'expired-lease' ? refusal() : undefined) });
    const { poll } = clientOf({ auth, fetch: server.fetch });
    expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
    expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
    expect(server.grants).toHaveLength(1);
    lease = 'fresh-lease';
    await poll();
    expect(server.grants).toHaveLength(2);
  });

  it('that cannot be read is an outage with its cause, and no error shows a credential of the vault', async () => {
    const cause = Object.assign(new Error('vault says hvs.secret-token: 10.0.0.5:8200 is sealed'), { code: 'ESEALED' });
    const auth = uaaPassword({ username: 'admin', password: () => Promise.reject(cause) });
    const server = tokenServer();
    const error = (await rejection(clientOf({ auth, fetch: server.fetch }).start())) as ConnectionError;
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: 'no', started: 'no', reason: 'ESEALED' });
    expect(error.message).toContain(
      '`auth.password` failed, so nothing was sent: Error: vault says [redacted] 10.0.0.5:8200 is sealed',
    );
    expect(error.cause).toMatchObject({
      name: 'Error',
      message: 'vault says [redacted] 10.0.0.5:8200 is sealed',
      code: 'ESEALED',
    });
    expect(JSON.stringify(error)).not.toContain('hvs.');
    expect(server.received).toEqual([]);
  });

  it.each(['', 'secret-4711\n', 'secret-4711\r\n'])(
    'that is %j is a mistake of the caller, and nothing is sent',
    async (value) => {
      const server = tokenServer();
      const error = await rejection(
        clientOf({ auth: uaaPassword({ username: 'admin', password: () => value }), fetch: server.fetch }).start(),
      );
      expect(error).toMatchObject({ name: 'ConfigurationError', field: 'auth.password', started: 'no' });
      expect(JSON.stringify(error)).not.toContain('4711');
      expect(server.received).toEqual([]);
    },
  );

  it('that is empty for a moment in the middle of a wait is an outage: its file is being replaced', async () => {
    const clock = virtualClock(0);
    let value = 'lease-1';
    const server = tokenServer({ api: (_, index) => (index === 1 ? unauthorized() : undefined), withRefresh: false });
    const { poll } = clientOf({
      clock,
      auth: uaaPassword({ username: 'admin', password: () => value }),
      fetch: server.fetch,
    });
    await poll();
    value = '';
    expect(await rejection(poll())).toMatchObject({ name: 'ConnectionError', sent: 'no' });
    value = 'lease-2';
    clock.jump(300_000);
    await poll();
    expect(server.grants.map((form) => form.get('password'))).toEqual(['lease-1']);
  });

  it('that is no text is a mistake of the caller', async () => {
    const auth = uaaPassword({ username: 'admin', password: (() => undefined) as never });
    expect(await rejection(clientOf({ auth, fetch: tokenServer().fetch }).poll())).toMatchObject({
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
  const server = tokenServer({
    grant: (form) => (form.get('client_secret') === 'new-secret' ? undefined : refusal()),
  });
  const { poll } = clientOf({ auth: authOf(() => secret), fetch: server.fetch });
  expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
  expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
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
    expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
    expect(server.calls).toHaveLength(1);
  });

  it('is asked for once by many refused calls', async () => {
    let asked = 0;
    const server = tokenServer({
      api: ({ headers }) =>
        headers.get('authorization') === 'Bearer lease-1'
          ? unauthorized()
          : Response.json({ guid: 'job-1', state: 'POLLING' }),
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
