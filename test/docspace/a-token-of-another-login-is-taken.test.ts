import { describe, expect, it } from 'vitest';
import { memoryTokenStore } from '../../src/auth/token-store.ts';
import { basicAuth, type DocSpaceOAuthOptions, docspaceOAuth, docspaceToken } from '../../src/docspace/index.ts';
import { docspaceCredentials } from '../../src/testing/docspace/credentials.ts';
import { rejection } from '../support/rejection.ts';
import { portalWith } from './support.ts';

const { sessionToken, clientId, clientSecret, refreshToken, userName, password } = docspaceCredentials;
const HOUR = 3_600_000;

describe('the token of the cookie', () => {
  it.each([
    sessionToken,
    ` ${sessionToken} `,
    `Bearer ${sessionToken}`,
    `asc_auth_key=${sessionToken}`,
    `asc_auth_key=${sessionToken}; path=/; secure; httponly`,
  ])('is sent as Bearer, however it was copied: %s', async (token) => {
    for (const auth of [docspaceToken(token), docspaceToken(async () => token)]) {
      const { docspace, emulator } = portalWith({}, { auth });
      await docspace.backups.list().toArray();
      expect(emulator.requests[0]?.headers.authorization).toBe(`Bearer ${sessionToken}`);
    }
  });

  it.each([
    ['', 'auth.token'],
    [`${sessionToken}\n`, 'auth.token'],
  ])('%j is refused', (token, field) => {
    expect(() => docspaceToken(token)).toThrow(expect.objectContaining({ name: 'ConfigurationError', field }));
  });

  it('that is no longer good is an AuthenticationError', async () => {
    const { docspace } = portalWith({}, { auth: docspaceToken('another-session-token') });
    expect(await rejection(docspace.backups.list().toArray())).toMatchObject({ name: 'AuthenticationError' });
  });
});

it('Basic takes the e-mail address and the password', async () => {
  const { docspace } = portalWith({}, { auth: basicAuth({ username: userName, password }) });
  expect((await docspace.backups.list().toArray()).length).toBeGreaterThan(0);
});

describe('OAuth 2', () => {
  const portalOf = (
    scenario: Parameters<typeof portalWith>[0] = {},
    options: Partial<DocSpaceOAuthOptions> = { onRotate: () => undefined },
  ) => {
    const auth = docspaceOAuth({ clientId, clientSecret, refreshToken, ...options });
    const portal = portalWith(scenario, { auth });
    const forms = () =>
      portal.emulator.requests
        .filter(({ operationId }) => operationId === 'createOAuthToken')
        .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
    return { ...portal, forms, history: (docspace = portal.docspace) => docspace.backups.list().toArray() };
  };

  it('refreshes at the portal, with the secret in the form', async () => {
    const { history, forms } = portalOf();
    await history();
    expect(forms()).toEqual([
      { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId, client_secret: clientSecret },
    ]);
  });

  it.each([true, false])('goes on when refresh tokens rotate: %s', async (rotates) => {
    const handedOut: string[] = [];
    const { history, forms, clock } = portalOf(
      { oauth: { rotates } },
      { onRotate: (token) => void handedOut.push(token) },
    );
    for (let hour = 0; hour < 4; hour += 1) {
      await history();
      clock.jump(HOUR);
    }
    expect(forms()).toHaveLength(4);
    expect(handedOut).toHaveLength(rotates ? 4 : 0);
    expect(new Set(forms().map(({ refresh_token }) => refresh_token)).size).toBe(rotates ? 4 : 1);
  });

  it('shares a store among clients, which send one request', async () => {
    const { connect, history, forms } = portalOf({}, { store: memoryTokenStore() });
    await Promise.all([history(connect()), history(connect()), history(connect())]);
    expect(forms()).toHaveLength(1);
  });

  it('that has ended says to log in again in the application', async () => {
    const { history, forms } = portalOf({ oauth: { refreshLifeMs: 0 } });
    const error = await rejection(history());
    expect(error).toMatchObject({
      name: 'AuthenticationError',
      message: expect.stringContaining('in the application'),
    });
    for (let count = 0; count < 3; count += 1) await rejection(history());
    expect(forms()).toHaveLength(1);
  });

  it.each<[string, Partial<DocSpaceOAuthOptions>, string]>([
    ['neither store nor onRotate', {}, 'auth.store'],
    ['no client', { clientId: '', onRotate: () => undefined }, 'auth.clientId'],
    ['no refresh token', { refreshToken: undefined, onRotate: () => undefined }, 'auth.refreshToken'],
    ['an empty secret', { clientSecret: '', onRotate: () => undefined }, 'auth.clientSecret'],
  ])('%s is refused by name', (_, options, field) => {
    expect(() => portalOf({}, options)).toThrow(expect.objectContaining({ name: 'ConfigurationError', field }));
  });
});
