import { describe, expect, it } from 'vitest';
import type { Auth, AuthContext } from '../../src/auth/auth.ts';
import { basicAuth } from '../../src/auth/basic-auth.ts';
import { bearerToken } from '../../src/auth/bearer-token.ts';
import { uaaClientCredentials, uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { AuthenticationError } from '../../src/errors/authentication-error.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { OracleEpmClient } from '../../src/oracle-epm/client.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { veeamPassword } from '../../src/veeam-m365/veeam-password.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { refusal, tokenServer, unauthorized } from './token-server.ts';

const password = () => uaaPassword({ username: 'admin', password: 'pass-word-1' });
const MINUTE = 60_000;

describe('a refused login', () => {
  it('is tried again with the same password after five minutes, and not before', async () => {
    const clock = virtualClock(0);
    let isLocked = true;
    const server = tokenServer({ grant: () => (isLocked ? refusal() : undefined) });
    const { poll } = clientOf({ clock, auth: password(), fetch: server.fetch });
    expect(await rejection(poll())).toMatchObject({ name: 'AuthenticationError', retryAfterMs: 5 * MINUTE });
    clock.jump(4 * MINUTE);
    const error = await rejection(poll());
    expect(error).toMatchObject({
      name: 'AuthenticationError',
      status: 401,
      retryAfterMs: MINUTE,
      errors: [{ code: 'invalid_grant' }],
      message: expect.stringContaining('in 60 s'),
    });
    expect(server.grants).toHaveLength(1);
    clock.jump(MINUTE);
    expect(await rejection(poll())).toMatchObject({ retryAfterMs: 5 * MINUTE });
    expect(server.grants).toHaveLength(2);
    isLocked = false;
    clock.jump(5 * MINUTE);
    await poll();
    expect(server.grants).toHaveLength(3);
  });

  it('is tried at most 25 times in two hours, however often it is needed', async () => {
    const clock = virtualClock(0);
    const server = tokenServer({ grant: () => refusal() });
    const { poll } = clientOf({ clock, auth: password(), fetch: server.fetch });
    for (; clock.now() <= 120 * MINUTE; clock.jump(10_000)) {
      const results = await Promise.allSettled([poll(), poll(), poll()]);
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    }
    expect(server.grants).toHaveLength(25);
  });

  it('does not take away a token that is still good', async () => {
    const clock = virtualClock(0);
    const server = tokenServer({ expiresIn: 600, grant: (_, index) => (index > 0 ? refusal() : undefined) });
    const { poll } = clientOf({ clock, auth: password(), fetch: server.fetch });
    await poll();
    clock.jump(590_000);
    await poll();
    clock.jump(10_000);
    expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
  });

  it('is not held back for longer by a clock that was set back', async () => {
    const clock = virtualClock(100 * MINUTE);
    const server = tokenServer({ grant: (_, index) => (index === 0 ? refusal() : undefined) });
    const { poll } = clientOf({ clock, auth: password(), fetch: server.fetch });
    expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
    clock.jump(-60 * MINUTE);
    await poll();
  });
});

describe('a wait', () => {
  it.each([400, 401, 403])(
    'goes on after a lock-out of five minutes, told by %i, of a credential that was accepted',
    async (status) => {
      const clock = virtualClock(0);
      const [from, to] = [20 * MINUTE, 26 * MINUTE];
      const server = tokenServer({
        expiresIn: 60,
        grant: () =>
          clock.now() > from && clock.now() < to
            ? Response.json({ error: 'unauthorized', error_description: 'Your account has been locked.' }, { status })
            : undefined,
        api: () => Response.json({ guid: 'job-1', state: clock.now() > 60 * MINUTE ? 'COMPLETE' : 'POLLING' }),
      });
      const { cf } = clientOf({ clock, auth: password(), fetch: server.fetch });
      const done = await waitForCompletion(cf.attach({ id: 'job-1' }));
      expect(done.state).toBe('succeeded');
      expect(done.unreachableMs).toBeGreaterThan(0);
    },
  );

  it.each([400, 401, 403])(
    'loses access after ten minutes of refusals, told by %i, and not after an outage budget',
    async (status) => {
      const clock = virtualClock(0);
      const server = tokenServer({
        expiresIn: 60,
        grant: (_, index) => (index > 0 ? Response.json({ error: 'invalid_grant' }, { status }) : undefined),
      });
      const { cf, poll } = clientOf({ clock, auth: password(), fetch: server.fetch });
      await poll();
      clock.jump(2 * MINUTE);
      const begun = clock.now();
      expect(await rejection(waitForCompletion(cf.attach({ id: 'job-1' })))).toMatchObject({ name: 'AccessLostError' });
      expect(clock.now() - begun).toBeGreaterThanOrEqual(10 * MINUTE);
      expect(clock.now() - begun).toBeLessThan(12 * MINUTE);
      // A refresh, and three logins.
      expect(server.grants).toHaveLength(1 + 1 + 3);
    },
  );

  it.each([400, 401, 403])('ends at once for a password that was never accepted, told by %i', async (status) => {
    const clock = virtualClock(0);
    const server = tokenServer({ grant: () => Response.json({ error: 'invalid_grant' }, { status }) });
    const { cf } = clientOf({ clock, auth: password(), fetch: server.fetch });
    expect(await rejection(waitForCompletion(cf.attach({ id: 'job-1' })))).toMatchObject({ name: 'AccessLostError' });
    expect(server.grants).toHaveLength(1);
  });
});

describe('a token endpoint', () => {
  const page = (status: number) => new Response('<html>blocked</html>', { status });
  it.each<[string, () => Response, string]>([
    ['a page under 400', () => page(400), 'UnexpectedResponseError'],
    ['a page under 401', () => page(401), 'UnexpectedResponseError'],
    ['a page under 403', () => page(403), 'UnexpectedResponseError'],
    ['a page under 404', () => page(404), 'UnexpectedResponseError'],
    ['nothing under 401', () => new Response('', { status: 401 }), 'UnexpectedResponseError'],
    ['JSON of a gateway', () => Response.json({ message: 'Forbidden' }, { status: 403 }), 'UnexpectedResponseError'],
    [
      'JSON of another gateway',
      () => Response.json({ timestamp: 1, status: 401, error: 'Unauthorized', path: '/oauth/token' }, { status: 401 }),
      'UnexpectedResponseError',
    ],
    [
      'JSON of a third gateway',
      () => Response.json({ status: 401, error: 'unauthorized' }, { status: 401 }),
      'UnexpectedResponseError',
    ],
    [
      'that it is busy',
      () => Response.json({ error: 'temporarily_unavailable' }, { status: 400 }),
      'UnexpectedResponseError',
    ],
    ['409 without words', () => Response.json({}, { status: 409 }), 'UnexpectedResponseError'],
    ['408', () => page(408), 'ApiError'],
    ['429', () => Response.json({ error: 'invalid_grant' }, { status: 429 }), 'RateLimitError'],
    ['500', () => Response.json({ error: 'invalid_grant' }, { status: 500 }), 'ServerError'],
    ['503', () => page(503), 'ServerError'],
  ])('that answers %s says nothing of the credentials, and is asked again at once', async (_, answer, name) => {
    const server = tokenServer({ grant: (_form, index) => (index === 0 ? answer() : undefined) });
    const { poll } = clientOf({ auth: password(), fetch: server.fetch });
    expect(await rejection(poll())).toMatchObject({ name });
    await poll();
    expect(server.grants).toHaveLength(2);
  });

  it.each([
    [400, { error: 'invalid_grant' }],
    [401, { error: 'unauthorized', error_description: 'Your account has been locked.' }],
    [401, { error: 'invalid_client', error_description: null }],
    [403, { error: 'access_denied' }],
    [422, { error: 'Wrong', error_description: 'Bad credentials' }],
  ])('that answers %i and %j in its own words refuses', async (status, body) => {
    const server = tokenServer({ grant: () => Response.json(body, { status }) });
    const { poll } = clientOf({ auth: password(), fetch: server.fetch });
    expect(await rejection(poll())).toMatchObject({
      name: 'AuthenticationError',
      status,
      errors: [{ code: body.error }],
    });
  });

  it.each([401, 403, 404])('that cannot be found, since GET / answers %i, refuses nobody', async (status) => {
    const server = scriptedServer(() => page(status));
    const { poll } = clientOf({ auth: password(), fetch: server.fetch });
    expect(await rejection(poll())).toMatchObject({ name: 'UnexpectedResponseError', status });
  });

  it('is not taken from an answer of GET / that is an error', async () => {
    const server = scriptedServer(
      Response.json({ links: { login: { href: 'https://login.example.net' } } }, { status: 404 }),
    );
    expect(await rejection(clientOf({ auth: password(), fetch: server.fetch }).poll())).toMatchObject({ status: 404 });
    expect(server.received).toHaveLength(1);
  });

  it('of Veeam refuses in a message as well, but not under 403, and not with the status of a gateway', async () => {
    const answered = async (status: number, body: unknown) =>
      rejection(
        veeamPassword({ username: 'a', password: 'pass-word-1' })
          .open(contextOf({ send: async () => ({ status, body, retryAfterMs: undefined }) }))
          .authorization(),
      );
    expect(await answered(400, { message: 'Wrong password' })).toMatchObject({ name: 'AuthenticationError' });
    expect(await answered(403, { message: 'Forbidden' })).toMatchObject({ name: 'UnexpectedResponseError' });
    expect(await answered(401, { message: 'x', status: 401 })).toMatchObject({ name: 'UnexpectedResponseError' });
  });
});

describe('a password that is sent with each request', () => {
  const jobs = (status: () => number, secret: string | (() => string) = 'pass-word-1') => {
    const clock = virtualClock(0);
    const server = scriptedServer(() => {
      const code = status();
      return code === 200 ? Response.json({ status: -1, details: 'In Process' }) : new Response('', { status: code });
    });
    const auth = basicAuth({ username: 'admin', password: secret });
    const client = new OracleEpmClient({ baseUrl: 'https://epm.example.org', auth, clock, fetch: server.fetch });
    return { clock, server, poll: () => client.attach({ id: '4711' }).poll() };
  };

  it('is sent again at once after one 401', async () => {
    const codes = [401, 200];
    const { poll } = jobs(() => codes.shift() ?? 200);
    expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
    expect((await poll()).state).toBe('running');
  });

  it('is sent once in five minutes after two in a row, so that the account is not locked', async () => {
    const { clock, server, poll } = jobs(() => 401);
    for (; clock.now() <= 60 * MINUTE; clock.jump(10_000)) {
      const results = await Promise.allSettled([poll(), poll()]);
      expect(results.every((each) => each.status === 'rejected' && AuthenticationError.isInstance(each.reason))).toBe(
        true,
      );
    }
    expect(server.received).toHaveLength(2 + 12);
    expect(await rejection(poll())).toMatchObject({ retryAfterMs: expect.any(Number), status: 401 });
  });

  it('is sent freely again once it was accepted', async () => {
    const codes = [401, 200, 401, 200, 401, 200];
    const { poll, server } = jobs(() => codes.shift() ?? 200);
    for (let count = 0; count < 6; count += 1) await Promise.allSettled([poll()]);
    expect(server.received).toHaveLength(6);
  });

  it('is sent at once where it has changed', async () => {
    let secret = 'pass-word-1';
    const { poll, server } = jobs(
      () => (secret === 'pass-word-1' ? 401 : 200),
      () => secret,
    );
    for (let count = 0; count < 4; count += 1) expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
    expect(server.received).toHaveLength(2);
    secret = 'pass-word-2';
    expect((await poll()).state).toBe('running');
  });
});

it('a bearer token that was refused is sent again at the next call: it locks no account', async () => {
  const server = tokenServer({ api: (_, index) => (index < 3 ? unauthorized() : undefined) });
  const { poll } = clientOf({ auth: bearerToken('the-token-0123'), fetch: server.fetch });
  for (let count = 0; count < 3; count += 1) expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
  expect((await poll()).state).toBe('running');
});

describe('a secret function that throws', () => {
  it.each<[string, (secret: () => string) => Auth]>([
    ['a password', (secret) => uaaPassword({ username: 'admin', password: secret })],
    ['a client secret', (secret) => uaaClientCredentials({ clientId: 'ci', clientSecret: secret })],
    ['a token', (secret) => bearerToken(secret)],
  ])('for %s is asked as often as a login may be tried, and answers again when it can', async (_, authOf) => {
    const clock = virtualClock(0);
    const asked: number[] = [];
    let isDown = true;
    const secret = () => {
      asked.push(clock.now());
      if (isDown) throw new Error('vault is sealed');
      return 'pass-word-1';
    };
    const server = tokenServer();
    const { poll } = clientOf({ clock, auth: authOf(secret), fetch: server.fetch });
    for (; clock.now() <= 120 * MINUTE; clock.jump(51_000)) {
      const error = await rejection(poll());
      expect(error).toMatchObject({ name: 'ConnectionError', sent: 'no', cause: { message: 'vault is sealed' } });
      expect((error as Error).message).toMatch(/Error: vault is sealed It is called again in \d+ s/);
    }
    expect(asked.length).toBeLessThanOrEqual(25);
    expect(asked.length).toBeGreaterThanOrEqual(20);
    expect(server.received).toEqual([]);
    isDown = false;
    clock.jump(5 * MINUTE);
    await poll();
  });
});

it('a secret function that answers again is asked whenever it is needed, also by a clock that was set back', async () => {
  const clock = virtualClock(0);
  let isDown = true;
  const secret = () => {
    if (isDown) throw new Error('vault is sealed');
    return 'the-token-0123';
  };
  const server = tokenServer({ api: (_, index) => (index === 1 ? unauthorized() : undefined) });
  const { poll } = clientOf({ clock, auth: bearerToken(secret), fetch: server.fetch });
  expect(await rejection(poll())).toMatchObject({ name: 'ConnectionError' });
  isDown = false;
  clock.jump(5 * MINUTE);
  await poll();
  clock.jump(-3 * MINUTE);
  // After the 401 it is asked for another token.
  expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
});

describe('whether a credential was ever accepted is known', () => {
  it.each<[string, Auth]>([
    ['a password', basicAuth({ username: 'a', password: 'pass-word-1' })],
    ['a token', bearerToken('the-token-0123')],
  ])('for %s: by an answer 2xx, and by no other', async (_, auth) => {
    const authenticator = auth.open(contextOf());
    const used = await authenticator.authorization();
    for (const status of [401, 403, 404, 500, 302]) authenticator.answered(used, status);
    expect(authenticator.wasAccepted).toBe(false);
    authenticator.answered(used, 204);
    authenticator.answered(used, 401);
    expect(authenticator.wasAccepted).toBe(true);
  });

  it('for a login: by the token that was issued', async () => {
    let status = 400;
    const clock = virtualClock(0);
    const send: AuthContext['send'] = async () => ({
      status,
      body: status === 200 ? { access_token: 'token-4711' } : { error: 'invalid_grant' },
      retryAfterMs: undefined,
    });
    const authenticator = veeamPassword({ username: 'a', password: 'pass-word-1' }).open(contextOf({ clock, send }));
    expect(await rejection(authenticator.authorization())).toBeInstanceOf(AuthenticationError);
    expect(authenticator.wasAccepted).toBe(false);
    status = 200;
    clock.jump(5 * MINUTE);
    await authenticator.authorization();
    expect(authenticator.wasAccepted).toBe(true);
  });
});

function contextOf(more: Partial<AuthContext> = {}): AuthContext {
  return {
    baseUrl: 'https://system.example.org',
    tokenPath: '/v5/token',
    clock: virtualClock(0),
    keepSecret: () => undefined,
    redact: (text) => text,
    send: () => Promise.reject(new Error('Nothing is sent.')),
    ...more,
  };
}
