import { describe, expect, it } from 'vitest';
import { AuthenticationError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { rejection } from '../support/rejection.ts';
import { environmentWithLogin, FIRST, HOUR, IDCS, MINUTE, PUBLIC, recordIn, storeWith } from './login-support.ts';
import { BACKUP } from './support.ts';

const NAME = `${new URL(IDCS).host}/${PUBLIC}`;

describe('a new refresh token (OE-22)', () => {
  it('is handed out, then stored, and only then is its access token used', async () => {
    const order: string[] = [];
    const { processOf, store, emulator } = environmentWithLogin();
    const { list } = processOf(
      {
        store: storeWith(store, {
          replace: async (name, value, version) => {
            const { refreshToken } = JSON.parse(value) as { refreshToken: string };
            if (refreshToken !== FIRST) order.push(`stored ${refreshToken}`);
            return store.replace(name, value, version);
          },
        }),
        onRotate: async (token) => {
          await Promise.resolve();
          order.push(`handed out ${token}`);
        },
      },
      async (input, init) => {
        if (!String(input).includes('/oauth2/')) order.push('used');
        return emulator.fetch(input, init);
      },
    );
    await list();
    const next = emulator.identity.refreshToken;
    expect(order).toEqual([`handed out ${next}`, `stored ${next}`, 'used']);
  });

  it('is used for the next refresh, for a wait of many hours', async () => {
    const { processOf, refreshes, emulator } = environmentWithLogin({ durationMs: 6 * HOUR });
    const handedOut: string[] = [];
    const { epm } = processOf({ onRotate: (token) => void handedOut.push(token) });
    const done = await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }));
    expect(done.state).toBe('succeeded');
    expect(refreshes()).toEqual([FIRST, ...handedOut.slice(0, -1)]);
    expect(refreshes().length).toBeGreaterThanOrEqual(6);
    expect(emulator.restores).toHaveLength(1);
  });

  it('that could not be stored is not used until it is, and is not lost', async () => {
    const { processOf, store, refreshes, emulator } = environmentWithLogin();
    let isBroken = false;
    const broken = storeWith(store, {
      replace: async (name, value, version) => {
        if (isBroken) throw new Error('disk full');
        const written = await store.replace(name, value, version);
        // Breaks after the claim.
        isBroken = true;
        return written;
      },
    });
    const { list } = processOf({ store: broken });
    const error = await rejection(list());
    expect(error).toMatchObject({ name: 'StoreError', reason: 'failed', started: 'no' });
    expect((error as Error).message).toContain('kept in memory');
    expect(emulator.requests.map(({ operationId }) => operationId)).toEqual(['createToken']);
    isBroken = false;
    await list();
    expect(refreshes()).toEqual([FIRST]);
    expect((await recordIn(store))?.refreshToken).toBe(emulator.identity.refreshToken);
  });

  it('that onRotate did not take is handed out again before it is used', async () => {
    const { processOf, refreshes, emulator } = environmentWithLogin();
    const handedOut: string[] = [];
    const { epm } = processOf({
      store: undefined,
      onRotate: (token) => {
        handedOut.push(token);
        if (handedOut.length === 1) throw new Error('the vault is sealed');
      },
    });
    const poll = () => epm.attach({ id: '1776935926050' }).poll();
    const error = await rejection(poll());
    expect(error).toMatchObject({ name: 'ConnectionError', sent: 'no', message: expect.stringContaining('onRotate') });
    expect(emulator.requests.map(({ operationId }) => operationId)).toEqual(['createToken']);
    await rejection(poll());
    expect(emulator.requests).toHaveLength(2);
    const next = emulator.identity.refreshToken;
    expect(handedOut).toEqual([next, next]);
    expect(refreshes()).toEqual([FIRST]);
  });

  it('is stored although nobody waits for the login any more', async () => {
    const { processOf, store, emulator, refreshes } = environmentWithLogin({ faults: { slow: { token: 5_000 } } });
    const { epm, list } = processOf();
    const leaves = new AbortController();
    const first = epm.backups.list({ signal: leaves.signal }).toArray();
    await Promise.resolve();
    leaves.abort(new Error('the caller has left'));
    await rejection(first);
    await list();
    expect(refreshes()).toEqual([FIRST]);
    expect((await recordIn(store))?.refreshToken).toBe(emulator.identity.refreshToken);
  });
});

describe('two processes with one store', () => {
  it('that need a token at once send one request, and share its token', async () => {
    const { processOf, refreshes } = environmentWithLogin({ faults: { slow: { token: 3_000 } } });
    const processes = Array.from({ length: 5 }, () => processOf());
    await Promise.all(processes.map(({ list }) => list()));
    expect(refreshes()).toEqual([FIRST]);
  });

  it('go on for a day with one refresh an hour, each with the token of the one before', async () => {
    const { processOf, refreshes, clock } = environmentWithLogin();
    const [one, other] = [processOf(), processOf()];
    for (let hour = 0; hour < 24; hour += 1) {
      await Promise.all([one.list(), other.list()]);
      clock.jump(HOUR);
    }
    expect(refreshes()).toHaveLength(24);
    expect(new Set(refreshes()).size).toBe(24);
  });

  it('need no login after a restart, although the options still name the first token', async () => {
    const { processOf, refreshes, clock } = environmentWithLogin();
    for (let restart = 0; restart < 5; restart += 1) {
      await processOf().list();
      clock.jump(2 * HOUR);
    }
    expect(refreshes()[0]).toBe(FIRST);
    expect(new Set(refreshes()).size).toBe(5);
  });

  it('refresh a token that was refused, although its time is not over', async () => {
    const { processOf, refreshes, emulator } = environmentWithLogin();
    const [one, other] = [processOf(), processOf()];
    await Promise.all([one.list(), other.list()]);
    emulator.identity.endAccessTokens();
    await Promise.all([one.list(), other.list()]);
    expect(refreshes()).toHaveLength(2);
  });
});

describe('a process that died while it refreshed', () => {
  /** Sends the refresh, and never gets further. */
  async function dies(env: ReturnType<typeof environmentWithLogin>, isCarriedOut: boolean) {
    const { processOf, emulator } = env;
    let sent: () => void = () => undefined;
    const wasSent = new Promise<void>((resolve) => {
      sent = resolve;
    });
    const stopped = { now: () => env.clock.now(), sleep: () => new Promise<void>(() => undefined) };
    const fetch = async (input: string | URL | Request, init?: RequestInit) => {
      if (isCarriedOut) await emulator.fetch(input, init);
      sent();
      return new Promise<Response>(() => undefined);
    };
    const { list } = processOf({}, fetch, stopped);
    void list().catch(() => undefined);
    await wasSent;
  }

  it('before the request was sent is followed by one refresh', async () => {
    const env = environmentWithLogin();
    await dies(env, false);
    await env.processOf().list();
    expect(env.refreshes()).toEqual([FIRST]);
  });

  it('is waited for, since it may only be slow', async () => {
    const env = environmentWithLogin();
    await dies(env, false);
    const began = env.clock.now();
    await env.processOf().list();
    expect(env.clock.now() - began).toBeGreaterThanOrEqual(90_000);
    expect(env.clock.now() - began).toBeLessThan(100_000);
  });

  it('after the token was used is tried once, and then the error says to log in again', async () => {
    const env = environmentWithLogin();
    await dies(env, true);
    const { list } = env.processOf();
    const error = await rejection(list());
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ reason: 'token-consumed' });
    expect((error as Error).message).toMatch(/A process died while it refreshed.*epmDeviceLogin/);
    expect(env.refreshes()).toEqual([FIRST, FIRST]);
    // Nobody sends the token again, in no process.
    env.clock.jump(HOUR);
    expect(await rejection(list())).toMatchObject({ reason: 'token-consumed' });
    expect(await rejection(env.processOf().list())).toMatchObject({ reason: 'token-consumed' });
    expect(env.refreshes()).toHaveLength(2);
  });

  it('twice ends the login without another request', async () => {
    const env = environmentWithLogin();
    await dies(env, false);
    env.clock.jump(7 * MINUTE);
    await dies(env, false);
    env.clock.jump(7 * MINUTE);
    const before = env.emulator.requests.length;
    const error = await rejection(env.processOf().list());
    expect(error).toMatchObject({ name: 'AuthenticationError', reason: 'login-needed' });
    expect((error as Error).message).toContain('Log in again with epmDeviceLogin');
    expect(env.emulator.requests).toHaveLength(before);
  });
});

describe('a lost answer to a refresh', () => {
  it('of a token that was not used is followed by a refresh', async () => {
    const env = environmentWithLogin({ faults: { wire: [{ on: 'token', kind: 'reset', toCall: 1 }] } });
    const { epm, list } = env.processOf();
    expect(await rejection(epm.attach({ id: '1' }).poll())).toMatchObject({ name: 'ConnectionError', sent: 'unknown' });
    await list();
    expect(env.refreshes()).toEqual([FIRST, FIRST]);
  });

  it('of a token that was used says so after one more attempt', async () => {
    const env = environmentWithLogin({
      faults: { wire: [{ on: 'token', kind: 'reset', toCall: 1, carriedOut: true }] },
    });
    const { list } = env.processOf();
    await rejection(list());
    const error = await rejection(list());
    expect(error).toMatchObject({ reason: 'token-consumed' });
    expect((error as Error).message).toMatch(/The answer to an earlier refresh was lost.*epmDeviceLogin/);
  });
});

describe('a refusal says what to do', () => {
  it('of a token that somebody else has used: who?', async () => {
    const env = environmentWithLogin();
    await env.processOf({ store: undefined, onRotate: () => undefined }).list();
    const { list } = env.processOf();
    const error = await rejection(list());
    expect(error).toMatchObject({ name: 'AuthenticationError', reason: 'token-consumed', status: 400 });
    expect((error as Error).message).toMatch(/has already been consumed.*Who else uses it\?.*epmDeviceLogin/);
    expect((error as Error).message).not.toContain('tried again');
    const count = env.refreshes().length;
    for (let tries = 0; tries < 5; tries += 1) {
      env.clock.jump(HOUR);
      await rejection(list());
    }
    expect(env.refreshes()).toHaveLength(count);
  });

  it('of a token that is too old', async () => {
    const env = environmentWithLogin();
    env.clock.jump(8 * 24 * HOUR);
    expect(await rejection(env.processOf().list())).toMatchObject({
      reason: 'token-expired',
      message: expect.stringMatching(/Token is expired.*epmDeviceLogin/),
    });
  });

  it('of a token that was revoked', async () => {
    const env = environmentWithLogin();
    env.emulator.identity.revokeTokens();
    expect(await rejection(env.processOf().list())).toMatchObject({ reason: 'token-revoked' });
  });

  it('of a client that is not known, and the token is kept for the right one', async () => {
    const env = environmentWithLogin();
    const error = await rejection(env.processOf({ clientId: 'another-client', name: 'login' }).list());
    expect(error).toMatchObject({ reason: 'client-refused', message: expect.stringContaining('clientId') });
    await env.processOf({ name: 'login' }).list();
  });

  it('of a registration without refresh tokens', async () => {
    const env = environmentWithLogin({ identity: { allowsRefresh: false } });
    expect(await rejection(env.processOf().list())).toMatchObject({
      reason: 'client-not-allowed',
      message: expect.stringContaining('Refresh Token'),
    });
  });
});

describe('a new login', () => {
  it('with another refresh token takes the place of one that has ended, in a client that is running', async () => {
    const env = environmentWithLogin();
    let refreshToken = FIRST;
    const { list } = env.processOf({ refreshToken: () => refreshToken });
    env.emulator.identity.revokeTokens();
    expect(await rejection(list())).toMatchObject({ reason: 'token-revoked' });
    refreshToken = env.emulator.identity.issueRefreshToken();
    await list();
    expect((await recordIn(env.store))?.refreshToken).toBe(env.emulator.identity.refreshToken);
  });

  it('that is refused leaves the record of another login as it is', async () => {
    const env = environmentWithLogin();
    await env.processOf().list();
    const before = env.emulator.identity.refreshToken;
    const error = await rejection(env.processOf({ refreshToken: 'a-token-that-is-wrong' }).list());
    expect(error).toMatchObject({ reason: 'login-needed' });
    expect((await recordIn(env.store))?.refreshToken).toBe(before);
    const count = env.refreshes().length;
    expect(await rejection(env.processOf({ refreshToken: 'a-token-that-is-wrong' }).list())).toMatchObject({
      reason: 'login-needed',
    });
    expect(env.refreshes()).toHaveLength(count);
    await env.processOf().list();
  });
});

it('a function for the refresh token is asked once for each refresh', async () => {
  const env = environmentWithLogin({ faults: { slow: { token: 20_000 } } });
  let asked = 0;
  const refreshToken = () => {
    asked += 1;
    return FIRST;
  };
  const [one, other] = [env.processOf({ refreshToken }), env.processOf({ refreshToken })];
  await Promise.all([one.list(), other.list()]);
  expect(asked).toBe(2);
});

it('the tokens of another user in the record are not used by a client that is running', async () => {
  const env = environmentWithLogin();
  const { list } = env.processOf();
  await list();
  const record = await recordIn(env.store);
  const stored = await env.store.read(NAME);
  await env.store.replace(NAME, JSON.stringify({ ...record, subject: 'eve', accessToken: 'of-eve' }), stored?.version);
  env.emulator.identity.endAccessTokens();
  const error = await rejection(list());
  expect(error).toMatchObject({ name: 'AuthenticationError', reason: 'login-needed' });
  expect((error as Error).message).toMatch(/another user.*`name`/);
  expect(env.emulator.requests.some(({ headers }) => headers.authorization?.includes('of-eve'))).toBe(false);
});

it('a refusal that does not speak of the token or the client does not end the login', async () => {
  const env = environmentWithLogin();
  let isBusy = true;
  const fetch = async (input: string | URL | Request, init?: RequestInit) =>
    isBusy && String(input).includes('/oauth2/')
      ? Response.json({ error: 'invalid_request', error_description: 'busy' }, { status: 400 })
      : env.emulator.fetch(input, init);
  const { list } = env.processOf({}, fetch);
  const error = await rejection(list());
  expect(error).toMatchObject({ name: 'AuthenticationError', retryAfterMs: 5 * MINUTE });
  expect(error).not.toHaveProperty('reason');
  isBusy = false;
  env.clock.jump(5 * MINUTE);
  await list();
  expect(env.refreshes()).toEqual([FIRST]);
});

it('a store that cannot be read sends nothing, and a good token is used meanwhile', async () => {
  const env = environmentWithLogin();
  let isBroken = false;
  const store = storeWith(env.store, {
    read: async (name) => {
      if (isBroken) throw Object.assign(new Error('password=geheim-4711'), { code: 'EIO' });
      return env.store.read(name);
    },
  });
  const { list } = env.processOf({ store });
  await list();
  isBroken = true;
  env.clock.jump(HOUR - 30_000);
  await list();
  env.clock.jump(MINUTE);
  const error = await rejection(list());
  expect(error).toMatchObject({ name: 'StoreError', reason: 'failed' });
  expect(JSON.stringify(error)).not.toContain('geheim-4711');
  expect(env.refreshes()).toEqual([FIRST]);
});

it('a store that does not answer is given up after 10 s', async () => {
  const env = environmentWithLogin();
  const store = storeWith(env.store, { read: () => new Promise(() => undefined) });
  const began = env.clock.now();
  expect(await rejection(env.processOf({ store }).list())).toMatchObject({ name: 'StoreError' });
  expect(env.clock.now() - began).toBe(10_000);
});

it('a record of another program is not overwritten', async () => {
  const env = environmentWithLogin();
  const store = storeWith(env.store, { read: async () => ({ value: '{"other":1}', version: '1' }) });
  expect(await rejection(env.processOf({ store }).list())).toMatchObject({ name: 'StoreError', reason: 'damaged' });
  expect(env.refreshes()).toEqual([]);
});

it.each<[string, object, string]>([
  ['neither onRotate nor store', { store: undefined }, 'auth.store'],
  [
    'neither refreshToken nor store',
    { store: undefined, refreshToken: undefined, onRotate: () => undefined },
    'auth.refreshToken',
  ],
  ['an empty refresh token', { refreshToken: '' }, 'auth.refreshToken'],
  ['a refresh token with a line break', { refreshToken: 'token\n' }, 'auth.refreshToken'],
  ['an empty client secret', { clientSecret: '' }, 'auth.clientSecret'],
  ['no client', { clientId: undefined }, 'auth.clientId'],
  ['a store of another sort', { store: { get: () => undefined } }, 'auth.store'],
  ['an unknown field', { tokenStore: {} }, 'tokenStore'],
])('%s is refused before anything is sent', (_, options, field) => {
  const { processOf } = environmentWithLogin();
  expect(() => processOf(options)).toThrow(expect.objectContaining({ name: 'ConfigurationError', field }));
});
