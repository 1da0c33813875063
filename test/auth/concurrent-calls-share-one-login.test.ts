import { describe, expect, it } from 'vitest';
import { uaaClientCredentials, uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { AuthenticationError } from '../../src/errors/authentication-error.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { grantsOf, refusal, tokenServer, tokensOf, unauthorized } from './token-server.ts';

const password = () => uaaPassword({ username: 'admin', password: 'pass-word-1' });
const calls = (count: number, call: () => Promise<unknown>) => Promise.allSettled(Array.from({ length: count }, call));

describe('a hundred calls at once', () => {
  it('log in once', async () => {
    const server = tokenServer();
    const { poll } = clientOf({ auth: password(), fetch: server.fetch });
    await calls(100, poll);
    expect(grantsOf(server)).toEqual(['password']);
    expect(server.calls).toHaveLength(100);
  });

  it('refresh once when the token is about to expire', async () => {
    const clock = virtualClock(0);
    const server = tokenServer({ expiresIn: 600 });
    const { poll } = clientOf({ clock, auth: password(), fetch: server.fetch });
    await poll();
    clock.jump(595_000);
    await calls(100, poll);
    expect(grantsOf(server)).toEqual(['password', 'refresh_token']);
    expect(new Set(tokensOf(server).slice(1))).toEqual(new Set(['Bearer token-2']));
  });

  it('that are all refused refresh once, and go once more each', async () => {
    const server = tokenServer({
      api: ({ headers }) => (headers.get('authorization') === 'Bearer token-1' ? unauthorized() : undefined),
    });
    const { poll } = clientOf({ auth: password(), fetch: server.fetch });
    const results = await calls(100, poll);
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(grantsOf(server)).toEqual(['password', 'refresh_token']);
    expect(server.calls.length).toBeLessThanOrEqual(200);
  });

  it('of which one is refused late find the new token already there', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = tokenServer({
      api: async ({ headers }, index) => {
        if (headers.get('authorization') !== 'Bearer token-1') return undefined;
        if (index === 1) await held;
        return unauthorized();
      },
    });
    const { poll } = clientOf({
      clock: { now: () => 0, sleep: () => new Promise(() => undefined) },
      auth: password(),
      fetch: server.fetch,
    });
    const [first, second] = [poll(), poll()];
    await first;
    release();
    await second;
    expect(grantsOf(server)).toEqual(['password', 'refresh_token']);
    expect(tokensOf(server).at(-1)).toBe('Bearer token-2');
  });

  it('with wrong credentials ask once', async () => {
    const server = tokenServer({ grant: () => refusal() });
    const { poll } = clientOf({ auth: password(), fetch: server.fetch });
    const results = await calls(100, poll);
    expect(
      results.every((result) => result.status === 'rejected' && AuthenticationError.isInstance(result.reason)),
    ).toBe(true);
    await calls(100, poll);
    expect(server.grants).toHaveLength(1);
    expect(server.calls).toHaveLength(0);
  });

  it('of two clients share nothing', async () => {
    const server = tokenServer();
    const auth = password();
    await Promise.all([clientOf({ auth, fetch: server.fetch }).poll(), clientOf({ auth, fetch: server.fetch }).poll()]);
    expect(server.grants).toHaveLength(2);
  });
});

describe('a token', () => {
  it.each([
    [1200, 1_139_000, 1_141_000],
    [100, 79_000, 81_000],
  ])('of %i s is renewed before it expires, and not before that is due', async (expiresIn, good, due) => {
    const clock = virtualClock(0);
    const server = tokenServer({ expiresIn });
    const { poll } = clientOf({ clock, auth: password(), fetch: server.fetch });
    await poll();
    clock.jump(good);
    await poll();
    expect(server.grants).toHaveLength(1);
    clock.jump(due - good);
    await poll();
    expect(grantsOf(server)).toEqual(['password', 'refresh_token']);
    expect(server.grants[1]?.get('refresh_token')).toBe('refresh-1');
  });

  it('without a lifetime is used until it is refused', async () => {
    const clock = virtualClock(0);
    const server = tokenServer({ expiresIn: null });
    const { poll } = clientOf({ clock, auth: password(), fetch: server.fetch });
    await poll();
    clock.jump(30 * 86_400_000);
    await poll();
    expect(server.grants).toHaveLength(1);
  });

  it('that is still good is used while the token endpoint is down', async () => {
    const clock = virtualClock(0);
    const server = tokenServer({
      expiresIn: 600,
      grant: (_, index) => (index > 0 ? new Response('', { status: 503 }) : undefined),
    });
    const { poll } = clientOf({ clock, auth: password(), fetch: server.fetch });
    await poll();
    clock.jump(590_000);
    await poll();
    clock.jump(20_000);
    expect(await rejection(poll())).toMatchObject({ name: 'ServerError', status: 503 });
  });

  it('of client credentials is renewed by a new login, since there is no refresh token', async () => {
    const clock = virtualClock(0);
    const server = tokenServer({ expiresIn: 600, withRefresh: false });
    const { poll } = clientOf({
      clock,
      auth: uaaClientCredentials({ clientId: 'ci', clientSecret: 'client-secret' }),
      fetch: server.fetch,
    });
    await poll();
    clock.jump(700_000);
    await poll();
    expect(grantsOf(server)).toEqual(['client_credentials', 'client_credentials']);
  });
});

describe('a 401', () => {
  it('is followed by one refresh and one resend', async () => {
    const server = tokenServer({ api: (_, index) => (index === 0 ? unauthorized() : undefined) });
    await clientOf({ auth: password(), fetch: server.fetch }).poll();
    expect(tokensOf(server)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(grantsOf(server)).toEqual(['password', 'refresh_token']);
  });

  it('to the resend is final', async () => {
    const server = tokenServer({ api: unauthorized });
    const { poll, read, start } = clientOf({ auth: password(), fetch: server.fetch });
    for (const [index, call] of [poll, read, start].entries()) {
      expect(await rejection(call())).toBeInstanceOf(AuthenticationError);
      expect(server.calls).toHaveLength((index + 1) * 2);
    }
  });

  it('to a start is a refusal: it may be sent once more, with a new token', async () => {
    const server = tokenServer({
      api: ({ method, headers }) => {
        if (method !== 'POST') return undefined;
        if (headers.get('authorization') === 'Bearer token-1') return unauthorized();
        return new Response(null, { status: 202, headers: { location: '/v3/jobs/job-1' } });
      },
    });
    await clientOf({ auth: password(), fetch: server.fetch }).start();
    expect(server.calls.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });
});

describe('a refused refresh', () => {
  const dead = (form: URLSearchParams) => (form.get('grant_type') === 'refresh_token' ? refusal() : undefined);

  it('is followed by one login', async () => {
    const server = tokenServer({ grant: dead, api: (_, index) => (index === 0 ? unauthorized() : undefined) });
    await clientOf({ auth: password(), fetch: server.fetch }).poll();
    expect(grantsOf(server)).toEqual(['password', 'refresh_token', 'password']);
  });

  it('and a refused login are final: no storm on the token endpoint', async () => {
    const server = tokenServer({ grant: (_, index) => (index > 0 ? refusal() : undefined), api: unauthorized });
    const { poll } = clientOf({ auth: password(), fetch: server.fetch });
    for (let count = 0; count < 50; count += 1) expect(await rejection(poll())).toBeInstanceOf(AuthenticationError);
    expect(grantsOf(server)).toEqual(['password', 'refresh_token', 'password']);
  });

  it('that was only lost is tried again', async () => {
    const server = tokenServer({
      grant: (_, index) => (index === 1 ? new Response('', { status: 502 }) : undefined),
      api: (_, index) => (index < 2 ? unauthorized() : undefined),
    });
    const { poll } = clientOf({ auth: password(), fetch: server.fetch });
    expect(await rejection(poll())).toMatchObject({ name: 'ServerError' });
    await poll();
    expect(grantsOf(server)).toEqual(['password', 'refresh_token', 'refresh_token']);
  });
});

it('a 429 of a token endpoint is a rate limit', async () => {
  const server = tokenServer({ grant: () => new Response('', { status: 429, headers: { 'retry-after': '45' } }) });
  expect(await rejection(clientOf({ auth: password(), fetch: server.fetch }).poll())).toMatchObject({
    name: 'RateLimitError',
    retryAfterMs: 45_000,
  });
});

it.each<[string, () => Response]>([
  ['a page', () => new Response('<html>')],
  ['nothing', () => new Response('')],
  ['no token', () => new Response('{"token_type":"bearer"}')],
  ['a token that cannot stand in a header', () => new Response('{"access_token":"a\\r\\nb"}')],
  ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://login.example.net' } })],
])('a token endpoint that answers %s is an error, and the start is not sent', async (_, answer) => {
  const server = tokenServer({ grant: answer });
  const error = await rejection(clientOf({ auth: password(), fetch: server.fetch }).start());
  expect(error).toMatchObject({ isRestoreKitError: true });
  expect(error).not.toMatchObject({ name: 'StartOutcomeUnknownError' });
  expect(server.calls).toEqual([]);
});
