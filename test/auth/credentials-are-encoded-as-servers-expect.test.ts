import { describe, expect, it } from 'vitest';
import type { Auth, AuthContext, TokenRequest } from '../../src/auth/auth.ts';
import { basicAuth } from '../../src/auth/basic-auth.ts';
import { bearerToken } from '../../src/auth/bearer-token.ts';
import { uaaClientCredentials, uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { docspaceApiKey } from '../../src/docspace/docspace-api-key.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { veeamPassword } from '../../src/veeam-m365/veeam-password.ts';
import { rejection } from '../support/rejection.ts';

function opened(
  auth: Auth,
  answer: (request: TokenRequest, index: number) => { status: number; body: unknown } = issue,
) {
  const sent: TokenRequest[] = [];
  const clock = virtualClock(0);
  const context: AuthContext = {
    baseUrl: 'https://system.example.org',
    tokenPath: '/v5/token',
    clock,
    keepSecret: () => undefined,
    redact: (text) => text,
    send: async (request) => {
      sent.push(request);
      return { retryAfterMs: undefined, ...answer(request, sent.length) };
    },
  };
  return {
    authenticator: auth.open(context),
    sent,
    clock,
    forms: () => sent.map(({ body }) => Object.fromEntries(new URLSearchParams(body))),
  };
}

function issue({ grant }: TokenRequest, index: number) {
  if (grant === undefined) return { status: 200, body: { links: { login: { href: 'https://login.example.org' } } } };
  return { status: 200, body: { access_token: `token-${index}`, refresh_token: `refresh-${index}`, expires_in: 600 } };
}

describe('Basic', () => {
  it.each([
    ['admin', 'secret', 'YWRtaW46c2VjcmV0'],
    ['domain.jürgen', 'pässwörd€', Buffer.from('domain.jürgen:pässwörd€', 'utf8').toString('base64')],
    ['admin', 'with:colon', Buffer.from('admin:with:colon').toString('base64')],
  ])('%s: %s is encoded as UTF-8', async (username, password, expected) => {
    await expect(opened(basicAuth({ username, password })).authenticator.authorization()).resolves.toBe(
      `Basic ${expected}`,
    );
  });
});

describe('a bearer token', () => {
  it.each(['abc.def', ' abc.def ', 'Bearer abc.def', 'bearer  abc.def'])(
    '%j is sent with the word once',
    async (token) => {
      await expect(opened(bearerToken(token)).authenticator.authorization()).resolves.toBe('Bearer abc.def');
    },
  );

  it.each(['a b', 'a\nb', '   ', 'ä'])('%j is refused when it is used', async (token) => {
    expect(await rejection(opened(bearerToken(token)).authenticator.authorization())).toMatchObject({
      name: 'ConfigurationError',
      field: 'auth.token',
    });
  });
});

describe('a DocSpace key', () => {
  it.each(['sk-1234', 'Bearer sk-1234', 'bearer Bearer sk-1234', ' sk-1234 '])(
    '%j is sent with the word Bearer, once',
    async (key) => {
      await expect(opened(docspaceApiKey(key)).authenticator.authorization()).resolves.toBe('Bearer sk-1234'); // DS-16
    },
  );
});

describe('UAA', () => {
  it('gets the client cf with its empty secret as Basic Y2Y6', async () => {
    // CF-22
    const { authenticator, sent, forms } = opened(uaaPassword({ username: 'ädmin', password: 'p&ss w=rd+' }));
    await authenticator.authorization();
    expect(sent[0]).toMatchObject({ url: 'https://system.example.org/', method: 'GET', headers: {} });
    expect(sent[1]).toMatchObject({ url: 'https://login.example.org/oauth/token', method: 'POST', grant: 'password' });
    expect(sent[1]?.headers).toMatchObject({
      authorization: 'Basic Y2Y6',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(forms()[1]).toEqual({ grant_type: 'password', username: 'ädmin', password: 'p&ss w=rd+' });
  });

  it('is told the identity provider', async () => {
    const { authenticator, sent } = opened(uaaPassword({ username: 'a', password: 'b', origin: 'ldap' }));
    await authenticator.authorization();
    expect(new URL(sent[1]?.url ?? '').searchParams.get('login_hint')).toBe('{"origin":"ldap"}');
  });

  it.each([
    [{ login: null, uaa: { href: 'https://uaa.example.org/' } }, 'https://uaa.example.org/oauth/token'],
    [
      { uaa: { href: 'https://uaa.example.org' }, login: { href: 'https://login.example.org' }, credhub: null },
      'https://login.example.org/oauth/token',
    ],
  ])('is found at %j', async (links, expected) => {
    const { authenticator, sent } = opened(uaaPassword({ username: 'a', password: 'b' }), (request, index) =>
      request.grant === undefined ? { status: 200, body: { links } } : issue(request, index),
    );
    await authenticator.authorization();
    expect(sent[1]?.url).toBe(expected);
  });

  it('is not looked for where the caller names it', async () => {
    const { authenticator, sent } = opened(
      uaaClientCredentials({ clientId: 'ci', clientSecret: 's3cret', uaaUrl: 'https://uaa.example.org/' }),
    );
    await authenticator.authorization();
    expect(sent.map(({ url }) => url)).toEqual(['https://uaa.example.org/oauth/token']);
  });

  it.each([
    ['ci', 'a+b'],
    ['ci', '100%'],
    ['ci', 'a%2Fb'],
    ['c:i+ö', 's ecret&=ü'],
  ])('gets the client %j with the secret %j in the form, where no character means another', async (id, secret) => {
    const { authenticator, sent, forms } = opened(uaaClientCredentials({ clientId: id, clientSecret: secret }));
    await authenticator.authorization();
    expect(forms()[1]).toEqual({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
    expect(Object.keys(sent[1]?.headers ?? {})).toEqual(['content-type']);
  });

  it('gets another client of a user in the form too, at the login and at each refresh', async () => {
    const auth = uaaPassword({ username: 'a', password: 'b', clientId: 'ci', clientSecret: 'a+b' });
    const { authenticator, clock, forms } = opened(auth);
    await authenticator.authorization();
    clock.jump(600_000);
    await authenticator.authorization();
    expect(forms().slice(1)).toEqual([
      { grant_type: 'password', username: 'a', password: 'b', client_id: 'ci', client_secret: 'a+b' },
      { grant_type: 'refresh_token', refresh_token: 'refresh-2', client_id: 'ci', client_secret: 'a+b' },
    ]);
  });

  it('gets a client with an empty secret as Basic, encoded where it is not cf', async () => {
    const auth = uaaPassword({ username: 'a', password: 'b', clientId: 'my client+1' });
    const { authenticator, sent } = opened(auth);
    await authenticator.authorization();
    expect(sent[1]?.headers).toMatchObject({
      authorization: `Basic ${btoa('my%20client%2B1:')}`,
      'x-cf-encoded-credentials': 'true',
    });
  });

  it('that is named nowhere is an error that says what to do', async () => {
    const { authenticator } = opened(uaaPassword({ username: 'a', password: 'b' }), () => ({
      status: 200,
      body: { links: {} },
    }));
    expect(await rejection(authenticator.authorization())).toMatchObject({
      name: 'UnexpectedResponseError',
      message: expect.stringContaining('uaaUrl'),
    });
  });
});

describe('Veeam', () => {
  const auth = () => veeamPassword({ username: 'DOMAIN\\admin', password: 'pass-word-1' });

  it('gets the grant at the token endpoint of its version, without a client', async () => {
    const { authenticator, sent, forms } = opened(auth());
    await authenticator.authorization();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ url: 'https://system.example.org/v5/token', method: 'POST' });
    expect(Object.keys(sent[0]?.headers ?? {})).not.toContain('authorization');
    expect(forms()[0]).toEqual({ grant_type: 'password', username: 'DOMAIN\\admin', password: 'pass-word-1' });
  });

  it('gets each refresh token once: tokens rotate', async () => {
    const { authenticator, clock, forms } = opened(auth());
    for (let count = 0; count < 4; count += 1) {
      await authenticator.authorization();
      clock.jump(600_000);
    }
    expect(forms().map(({ refresh_token: token }) => token)).toEqual([
      undefined,
      'refresh-1',
      'refresh-2',
      'refresh-3',
    ]);
  });

  it.each([
    { error: 'invalid_grant', error_description: 'The user name or password is incorrect.' },
    { message: 'The user name or password is incorrect.' },
  ])('refuses with 400 and %j, which is a wrong password', async (body) => {
    const { authenticator } = opened(auth(), () => ({ status: 400, body }));
    const error = await rejection(authenticator.authorization());
    expect(error).toMatchObject({ name: 'AuthenticationError', status: 400, isRetryable: false });
    expect((error as Error).message).toContain('The user name or password is incorrect.');
  });

  it('is told when its maker is used for another system', () => {
    const context = { baseUrl: 'https://x.example.org', tokenPath: undefined } as AuthContext;
    expect(() => auth().open(context)).toThrowError(expect.objectContaining({ field: 'auth' }));
  });
});

describe('a token endpoint', () => {
  it.each(['', ' ', 'a\r\nx-evil: 1', 'tök€n', 'two words', 5, null])(
    'that issues %j as a token has answered none, which is not the fault of the configuration',
    async (token) => {
      const auth = veeamPassword({ username: 'a', password: 'pass-word-1' });
      const { authenticator } = opened(auth, () => ({ status: 200, body: { access_token: token } }));
      expect(await rejection(authenticator.authorization())).toMatchObject({ name: 'UnexpectedResponseError' });
    },
  );
});

describe('a maker refuses at once', () => {
  it.each<[string, () => unknown]>([
    ['auth.username', () => basicAuth({ username: '', password: 'x' })],
    ['auth.username', () => basicAuth({ username: 'a:b', password: 'x' })],
    ['auth', () => basicAuth(undefined as never)],
    ['domain', () => basicAuth({ username: 'a', password: 'x', domain: 'b' } as never)],
    ['auth.password', () => basicAuth({ username: 'a', password: '' })],
    ['auth.password', () => basicAuth({ username: 'a', password: undefined as never })],
    ['auth.token', () => bearerToken('')],
    ['auth.token', () => bearerToken(5 as never)],
    ['auth.username', () => uaaPassword({ username: '', password: 'x' })],
    ['auth.password', () => uaaPassword({ username: 'a', password: '' })],
    ['auth.clientId', () => uaaPassword({ username: 'a', password: 'x', clientId: '' })],
    ['auth.clientSecret', () => uaaPassword({ username: 'a', password: 'x', clientSecret: 5 as never })],
    ['auth.uaaUrl', () => uaaPassword({ username: 'a', password: 'x', uaaUrl: 'login.example.org' })],
    ['auth.uaaUrl', () => uaaPassword({ username: 'a', password: 'x', uaaUrl: 'ftp://login.example.org' })],
    ['auth.clientId', () => uaaClientCredentials({ clientId: '', clientSecret: 'x' })],
    ['auth.clientSecret', () => uaaClientCredentials({ clientId: 'a', clientSecret: undefined as never })],
    ['auth.username', () => veeamPassword({ username: '', password: 'x' })],
    ['auth.password', () => veeamPassword({ username: 'a', password: '' })],
    ['auth.key', () => docspaceApiKey('')],
    // Files end with a line break, and passwords do not.
    ['auth.password', () => basicAuth({ username: 'a', password: 'secret\n' })],
    ['auth.password', () => basicAuth({ username: 'a', password: 'secret\r\n' })],
    ['auth.token', () => bearerToken('abc.def\n')],
    ['auth.password', () => uaaPassword({ username: 'a', password: 'secret\n' })],
    ['auth.clientSecret', () => uaaPassword({ username: 'a', password: 'x', clientSecret: 'secret\n' })],
    ['auth.clientSecret', () => uaaClientCredentials({ clientId: 'a', clientSecret: 'secret\n' })],
    ['auth.password', () => veeamPassword({ username: 'a', password: 'secret\n' })],
    ['auth.key', () => docspaceApiKey('sk-4711\n')],
  ])('%s', (field, make) => {
    expect(make).toThrowError(expect.objectContaining({ name: 'ConfigurationError', field }));
  });
});

it('the secret of a client may be empty', () => {
  expect(() => uaaClientCredentials({ clientId: 'a', clientSecret: '' })).not.toThrow();
  expect(() => uaaPassword({ username: 'a', password: 'x', clientSecret: '' })).not.toThrow();
});
