import { describe, expect, it } from 'vitest';
import { uaaClientAssertion, uaaJwtBearer } from '../../src/cloud-foundry/index.ts';
import { ConfigurationError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { refusal, tokenServer } from '../auth/token-server.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { foundation, RESTORE } from './support.ts';

const MINUTE = 60_000;
const USER = 'emulated.user.assertion';
const CLIENT = 'emulated.client.assertion';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const logins = {
  'a JWT bearer': (assertion: string | (() => string)) => uaaJwtBearer({ assertion }),
  'a client assertion': (assertion: string | (() => string)) =>
    uaaClientAssertion({ clientId: 'restorekit-ci', assertion }),
};

it('a JWT bearer is sent by the client cf, with the origin as a hint', async () => {
  const auth = uaaJwtBearer({ assertion: USER, origin: 'github' });
  const { cf, sent } = foundation({}, { auth });
  await cf.serviceInstances.list().toArray();
  const [request] = sent('createToken');
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({ grant_type: JWT_BEARER, assertion: USER });
  expect(request?.headers.authorization).toBe('Basic Y2Y6');
  expect(new URL(request?.url ?? '').searchParams.get('login_hint')).toBe('{"origin":"github"}');
});

it('a JWT bearer of a client with a secret sends it in the form', async () => {
  const auth = uaaJwtBearer({ assertion: USER, clientId: 'restorekit-ci', clientSecret: 'client-secret' });
  const { cf, sent } = foundation({}, { auth });
  await cf.serviceInstances.list().toArray();
  const form = new URLSearchParams(sent('createToken')[0]?.body);
  expect([form.get('client_id'), form.get('client_secret')]).toEqual(['restorekit-ci', 'client-secret']);
});

it('a client assertion takes the place of the secret', async () => {
  const { cf, sent } = foundation({}, { auth: logins['a client assertion'](CLIENT) });
  await cf.serviceInstances.list().toArray();
  const [request] = sent('createToken');
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    grant_type: 'client_credentials',
    client_id: 'restorekit-ci',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: CLIENT,
  });
  expect(request?.headers.authorization).toBeUndefined();
});

describe.each([
  ['a JWT bearer', USER],
  ['a client assertion', CLIENT],
] as const)('%s', (name, assertion) => {
  const login = logins[name];

  it('is read again for each login (CF-21)', async () => {
    let read = 0;
    const auth = login(() => {
      read += 1;
      return assertion;
    });
    const { cf, sent } = foundation(
      { tokens: { lifePolls: 2 }, faults: { refuseGrants: { grants: ['refresh_token'] } } },
      { auth },
    );
    const done = await waitForCompletion(await cf.serviceInstances.restore(RESTORE));
    expect(done.state).toBe('succeeded');
    const grants = sent('createToken').filter(({ body }) => body.includes('assertion='));
    expect(grants.length).toBeGreaterThan(2);
    expect(read).toBe(grants.length);
  });

  it('that has expired is refused with advice, and one as a text is sent once in five minutes', async () => {
    const { cf, clock, sent } = foundation('assertions-expire', { auth: login(assertion) });
    const operation = await cf.serviceInstances.restore(RESTORE);
    clock.jump(6 * MINUTE);
    await operation.poll();
    await operation.poll();
    const error = await rejection(operation.poll());
    expect(error).toMatchObject({
      name: 'AuthenticationError',
      message: expect.stringContaining('pass a function that gets a new one'),
      retryAfterMs: 5 * MINUTE,
    });
    const sentBefore = sent('createToken').length;
    for (let count = 0; count < 5; count += 1) await rejection(operation.poll());
    expect(sent('createToken')).toHaveLength(sentBefore);
  });

  it('that is new each time is neither signed nor sent for five minutes after a refusal', async () => {
    let signed = 0;
    const server = tokenServer({ grant: () => refusal() });
    const auth = login(() => {
      signed += 1;
      return `header.payload.signature-${signed}`;
    });
    const clock = virtualClock(0);
    const { poll } = clientOf({ clock, auth, fetch: server.fetch });
    for (let count = 0; count < 10; count += 1) await rejection(poll());
    expect([signed, server.grants.length]).toEqual([1, 1]);
    clock.jump(5 * MINUTE);
    await rejection(poll());
    expect([signed, server.grants.length]).toEqual([2, 2]);
  });

  it.each(['', 'header.payload.signature\n'])('%j is refused before anything is sent', (text) => {
    expect(() => login(text)).toThrow(ConfigurationError);
    expect(() => login(text)).toThrow(expect.objectContaining({ field: 'auth.assertion' }));
  });
});

it.each([
  ['an unknown field', () => uaaJwtBearer({ assertion: USER, secret: 'x' } as never), 'secret'],
  ['no assertion', () => uaaJwtBearer({} as never), 'auth.assertion'],
  ['nothing', () => uaaJwtBearer(undefined as never), 'auth'],
  ['no client', () => uaaClientAssertion({ assertion: CLIENT } as never), 'auth.clientId'],
  [
    'an unknown field of a client',
    () => uaaClientAssertion({ clientId: 'a', assertion: 'b', origin: 'c' } as never),
    'origin',
  ],
])('%s is refused by name', (_, make, field) => {
  expect(make).toThrow(expect.objectContaining({ name: 'ConfigurationError', field }));
});
