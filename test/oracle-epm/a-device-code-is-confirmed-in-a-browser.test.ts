import { describe, expect, it } from 'vitest';
import { type DeviceCode, epmDeviceLogin, epmOAuth, OracleEpmClient } from '../../src/oracle-epm/index.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { BASE, environmentWithLogin, IDCS, MINUTE, PUBLIC, recordIn } from './login-support.ts';

const SCOPE = 'urn:opc:serviceInstanceID=4711urn:opc:resource:consumer::all';
type Env = ReturnType<typeof environmentWithLogin>;
type Options = Partial<Parameters<typeof epmDeviceLogin>[0]>;

function login(env: Env, options: Options = {}) {
  const shown: DeviceCode[] = [];
  const done = epmDeviceLogin({
    idcsUrl: IDCS,
    clientId: PUBLIC,
    scope: SCOPE,
    onCode: (code) => void shown.push(code),
    fetch: env.emulator.fetch,
    clock: env.clock,
    ...options,
  });
  return { shown, done };
}
const pollsOf = (env: Env) => env.emulator.requests.filter(({ operationId }) => operationId === 'createToken');
const gaps = (env: Env) => pollsOf(env).map(({ at }, index, all) => (at - (all[index - 1]?.at ?? at)) / 1_000);

it('shows the code and the address, and returns a refresh token once the person has confirmed', async () => {
  const env = environmentWithLogin({ identity: { device: { confirmedAfterMs: 30_000 } } });
  const { shown, done } = login(env);
  const { refreshToken } = await done;
  expect(shown).toEqual([
    {
      userCode: 'EMUL-0001',
      verificationUri: `${IDCS}/ui/v1/device`,
      expiresAt: new Date(Date.UTC(2026, 3, 23, 9, 5)),
    },
  ]);
  expect(refreshToken).toBe(env.emulator.identity.refreshToken);
  const [request] = env.emulator.requests;
  expect(request?.operationId).toBe('createDeviceCode');
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    response_type: 'device_code',
    client_id: PUBLIC,
    scope: `${SCOPE} offline_access`,
  });
});

it('the login goes into a store, from which epmOAuth takes it without a refresh token in its options', async () => {
  const env = environmentWithLogin({ identity: { device: { confirmedAfterMs: 1_000 } } });
  await login(env, { store: env.store }).done;
  const before = pollsOf(env).length;
  const auth = epmOAuth({ idcsUrl: IDCS, clientId: PUBLIC, store: env.store });
  const epm = new OracleEpmClient({ baseUrl: BASE, auth, fetch: env.emulator.fetch, clock: env.clock });
  await epm.backups.list().toArray();
  // The access token of the login is good for an hour.
  expect(pollsOf(env)).toHaveLength(before);
  env.clock.jump(61 * MINUTE);
  await epm.backups.list().toArray();
  expect(pollsOf(env)).toHaveLength(before + 1);
});

it('a new login takes the place of one that has ended, in clients that are running', async () => {
  const env = environmentWithLogin({ identity: { device: { confirmedAfterMs: 1_000 } } });
  const { list } = env.processOf();
  await list();
  env.emulator.identity.revokeTokens();
  expect(await rejection(list())).toMatchObject({ reason: 'token-revoked' });
  await login(env, { store: env.store }).done;
  await list();
  expect((await recordIn(env.store))?.refusal).toBeUndefined();
});

describe('the polls', () => {
  it('come at the interval of the server', async () => {
    const env = environmentWithLogin({ identity: { device: { confirmedAfterMs: 60_000, intervalSeconds: 12 } } });
    await login(env).done;
    expect(new Set(gaps(env).slice(1))).toEqual(new Set([12]));
  });

  it('come each 5 s if the server names no interval', async () => {
    const env = environmentWithLogin({ identity: { device: { confirmedAfterMs: 60_000, intervalSeconds: 'absent' } } });
    await login(env).done;
    expect(new Set(gaps(env).slice(1))).toEqual(new Set([5]));
  });

  it('come 5 s later after each slow_down', async () => {
    const env = environmentWithLogin({ identity: { device: { confirmedAfterMs: 60_000, slowDowns: 2 } } });
    await login(env).done;
    expect(gaps(env).slice(1, 5)).toEqual([10, 15, 15, 15]);
  });

  it('go on after failures of the network, and wait as long as a 429 asks for', async () => {
    const env = environmentWithLogin({ identity: { device: { confirmedAfterMs: 30_000 } } });
    let polls = 0;
    const fetch = async (input: string | URL | Request, init?: RequestInit) => {
      if (String(input).endsWith('/token')) {
        polls += 1;
        if (polls === 1) throw new TypeError('fetch failed');
        if (polls === 2) return new Response('busy', { status: 503 });
        if (polls === 3) return new Response('', { status: 429, headers: { 'retry-after': '40' } });
      }
      return env.emulator.fetch(input, init);
    };
    const began = env.clock.now();
    const { refreshToken } = await login(env, { fetch }).done;
    expect(refreshToken).not.toBe('');
    expect(env.clock.now() - began).toBeGreaterThanOrEqual(60_000);
  });

  it('end when the caller aborts', async () => {
    const env = environmentWithLogin();
    const abort = new AbortController();
    const { done } = login(env, { signal: abort.signal, onCode: () => abort.abort(new Error('closed')) });
    expect(await rejection(done)).toMatchObject({ message: 'closed' });
    expect(pollsOf(env)).toHaveLength(0);
  });
});

it.each<[string, object, string, RegExp]>([
  [
    'nobody confirms',
    { confirmedAfterMs: 'never', lifeSeconds: 60 },
    'code-expired',
    /Nobody confirmed the code within 60 s/,
  ],
  ['the person denies', { confirmedAfterMs: 1_000, denied: true }, 'denied', /denied/],
])('a code that %s is a typed error', async (_, device, reason, message) => {
  const env = environmentWithLogin({ identity: { device } });
  expect(await rejection(login(env).done)).toMatchObject({
    name: 'AuthenticationError',
    reason,
    message: expect.stringMatching(message),
  });
});

it('a client that is not known is refused before a code is shown', async () => {
  const env = environmentWithLogin();
  const { shown, done } = login(env, { clientId: 'another-client' });
  expect(await rejection(done)).toMatchObject({ name: 'AuthenticationError', reason: 'client-refused' });
  expect(shown).toEqual([]);
});

it('a registration without refresh tokens is said', async () => {
  const env = environmentWithLogin({ identity: { allowsRefresh: false, device: { confirmedAfterMs: 1_000 } } });
  expect(await rejection(login(env).done)).toMatchObject({
    reason: 'client-not-allowed',
    message: expect.stringContaining('Refresh Token'),
  });
});

it('a confidential client authenticates with Basic', async () => {
  const env = environmentWithLogin({ identity: { device: { confirmedAfterMs: 1_000 } } });
  await login(env, { clientId: 'confidential-client', clientSecret: 'idcs-secret' }).done;
  for (const { headers } of env.emulator.requests) {
    expect(headers.authorization).toBe(`Basic ${btoa('confidential-client:idcs-secret')}`);
  }
});

it('the device code and the tokens are in no error', async () => {
  const secret = 'the-device-code-4711-abcdef';
  const server = scriptedServer(({ url }) =>
    url.pathname.endsWith('/device')
      ? Response.json({ device_code: secret, user_code: 'A', verification_uri: 'https://x.example', expires_in: 60 })
      : Response.json({ error: 'invalid_grant', error_description: `no such code ${secret}` }, { status: 400 }),
  );
  const env = environmentWithLogin();
  const error = await rejection(login(env, { fetch: server.fetch }).done);
  expect(error).toMatchObject({ name: 'AuthenticationError' });
  expect(`${JSON.stringify(error)} ${(error as Error).stack}`).not.toContain(secret);
});

it.each<[string, Options, string]>([
  ['no scope', { scope: '' }, 'auth.scope'],
  ['no callback', { onCode: undefined as never }, 'onCode'],
  ['the address of the environment', { idcsUrl: BASE }, 'auth.idcsUrl'],
  ['an unknown field', { interval: 5 } as Options, 'interval'],
])('%s is refused before anything is sent', async (_, options, field) => {
  const env = environmentWithLogin();
  expect(await rejection(login(env, options).done)).toMatchObject({ name: 'ConfigurationError', field });
  expect(env.emulator.requests).toEqual([]);
});
