import { describe, expect, it } from 'vitest';
import { uaaPasscode } from '../../src/cloud-foundry/index.ts';
import { AuthenticationError, ConfigurationError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { grantsOf, refusal, tokenServer } from '../auth/token-server.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { fetchFailed } from '../support/scripted-server.ts';
import { foundation, RESTORE } from './support.ts';

const PASSCODE = 'emulated-passcode';
const login = () => uaaPasscode({ passcode: PASSCODE });

describe('a passcode', () => {
  it('logs in, and the token is refreshed without it', async () => {
    const { cf, sent } = foundation('token-life-of-two-polls', { auth: login() });
    const done = await waitForCompletion(await cf.serviceInstances.restore(RESTORE));
    expect(done.state).toBe('succeeded');
    const forms = sent('createToken').map(({ body }) => new URLSearchParams(body));
    expect(forms[0]?.get('grant_type')).toBe('password');
    expect(forms[0]?.get('passcode')).toBe(PASSCODE);
    expect(forms[0]?.has('username')).toBe(false);
    expect(forms.length).toBeGreaterThan(1);
    expect(forms.slice(1).every((form) => form.get('grant_type') === 'refresh_token')).toBe(true);
  });

  it('is sent by the client cf with its empty secret (CF-22)', async () => {
    const { cf, sent } = foundation({}, { auth: login() });
    await cf.serviceInstances.list().toArray();
    expect(sent('createToken')[0]?.headers.authorization).toBe('Basic Y2Y6');
  });

  it('that is refused is not sent again, and the error says where a new one is', async () => {
    const { cf, clock, sent } = foundation({}, { auth: uaaPasscode({ passcode: 'a-wrong-passcode' }) });
    const error = await rejection(cf.serviceInstances.list().toArray());
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ reason: 'code-refused', status: 401, message: expect.stringContaining('/passcode') });
    expect((error as Error).message).not.toContain('tried again');
    clock.jump(3_600_000);
    expect(await rejection(cf.serviceInstances.list().toArray())).toMatchObject({
      reason: 'code-used',
      message: expect.stringContaining('/passcode'),
    });
    expect(sent('createToken')).toHaveLength(1);
  });

  it('is not sent again after the refresh token has ended', async () => {
    const { cf, sent } = foundation('dead-refresh-token', { auth: login() });
    const operation = await cf.serviceInstances.restore(RESTORE);
    const error = await rejection(waitForCompletion(operation));
    expect(error).toMatchObject({ name: 'AccessLostError', cause: { reason: 'code-used' } });
    const passcodes = sent('createToken').filter(({ body }) => body.includes(PASSCODE));
    expect(passcodes).toHaveLength(1);
  });

  it('is not sent again where its answer was lost, whatever became of it', async () => {
    for (const lost of [fetchFailed('ECONNRESET'), new Response('busy', { status: 503 })]) {
      const server = tokenServer({
        grant: () => {
          if (lost instanceof Error) throw lost;
          return lost.clone();
        },
      });
      const { poll } = clientOf({ auth: login(), fetch: server.fetch });
      expect(await rejection(poll())).not.toBeInstanceOf(AuthenticationError);
      expect(await rejection(poll())).toMatchObject({ reason: 'code-used' });
      expect(server.grants).toHaveLength(1);
    }
  });

  it('that certainly was not sent is sent later', async () => {
    const server = tokenServer({
      grant: (_, index) => {
        if (index === 0) throw fetchFailed('ECONNREFUSED');
        return undefined;
      },
    });
    const { poll } = clientOf({ auth: login(), fetch: server.fetch });
    expect(await rejection(poll())).toMatchObject({ name: 'ConnectionError', sent: 'no' });
    expect((await poll()).state).toBe('running');
  });

  it('is sent by one of many calls and by one of several clients', async () => {
    const { newClient, sent } = foundation({}, { auth: login() });
    const [one, other] = [newClient(), newClient()];
    const list = (cf: typeof one) => cf.serviceInstances.list().toArray();
    const results = await Promise.allSettled([list(one), list(one), list(other)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(sent('createToken')).toHaveLength(1);
  });
});

describe('a function that asks for a passcode', () => {
  it('is called for each login, and not for a refresh', async () => {
    const passcodes = ['first-passcode', 'second-passcode'];
    let asked = 0;
    const server = tokenServer({
      expiresIn: 60,
      grant: (form) => (form.get('grant_type') === 'refresh_token' && asked === 1 ? refusal() : undefined),
    });
    const clock = virtualClock(0);
    const { poll } = clientOf({
      clock,
      auth: uaaPasscode({ passcode: () => passcodes[asked++] ?? '' }),
      fetch: server.fetch,
    });
    await poll();
    expect(asked).toBe(1);
    clock.jump(120_000);
    await poll();
    expect(asked).toBe(2);
    clock.jump(120_000);
    await poll();
    expect(asked).toBe(2);
    expect(grantsOf(server)).toEqual(['password', 'refresh_token', 'password', 'refresh_token']);
  });

  it('may give another passcode at once after a wrong one', async () => {
    const passcodes = ['wrong-passcode', 'right-passcode'];
    const server = tokenServer({
      grant: (form) => (form.get('passcode') === 'wrong-passcode' ? refusal() : undefined),
    });
    const { poll } = clientOf({ auth: uaaPasscode({ passcode: () => passcodes.shift() ?? '' }), fetch: server.fetch });
    expect(await rejection(poll())).toMatchObject({ reason: 'code-refused' });
    expect((await poll()).state).toBe('running');
  });

  it('that gives the same passcode again sends nothing', async () => {
    const server = tokenServer({ grant: () => refusal() });
    const { poll } = clientOf({ auth: uaaPasscode({ passcode: () => 'the-same-code' }), fetch: server.fetch });
    await rejection(poll());
    expect(await rejection(poll())).toMatchObject({ reason: 'code-used' });
    expect(server.grants).toHaveLength(1);
  });
});

it.each([
  [{ passcode: '' }, 'auth.passcode'],
  [{ passcode: 'code\n' }, 'auth.passcode'],
  [{}, 'auth.passcode'],
  [{ passcode: 'code', clientId: '' }, 'auth.clientId'],
  [{ passcode: 'code', uaaUrl: 'login.example.org' }, 'auth.uaaUrl'],
  [{ passcode: 'code', uaaUrl: 'https://a:b@login.example.org' }, 'auth.uaaUrl'],
  [{ passcode: 'code', passCode: 'code' }, 'passCode'],
])('%j is refused before anything is sent: %s', (options, field) => {
  const make = () => uaaPasscode(options as { passcode: string });
  expect(make).toThrow(ConfigurationError);
  expect(make).toThrow(expect.objectContaining({ field }));
});

it.each(['/oauth/token', '/passcode', '/login', '/', ''])('the address of the UAA may end in "%s"', async (tail) => {
  const server = tokenServer();
  const auth = uaaPasscode({ passcode: 'some-passcode', uaaUrl: `https://login.example.net/uaa${tail}` });
  await clientOf({ auth, fetch: server.fetch })
    .poll()
    .catch(() => undefined);
  expect(server.received[0]?.url.href).toBe('https://login.example.net/uaa/oauth/token');
});
