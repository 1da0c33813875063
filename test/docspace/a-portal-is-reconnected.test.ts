import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { basicAuth, bearerToken, docspaceApiKey, type ReconnectOptions } from '../../src/docspace/index.ts';
import {
  AuthenticationError,
  PermissionError,
  RateLimitError,
  UnexpectedResponseError,
  WriteOutcomeUnknownError,
} from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { DocSpaceScenario } from '../../src/testing/docspace/scenario.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, DUMP, done, envelope, portalWith, record, type Script, scriptedPortal, TASK } from './support.ts';

/** A portal that was restored, and the login that its owner has set by the link in the mail. */
async function restored(scenario: DocSpaceScenario = {}, more: { readonly dump?: boolean } = {}) {
  const portal = portalWith(scenario);
  const input = more.dump ? { backupId: DUMP, dump: true } : { backupId: BACKUP };
  await waitForCompletion(await portal.docspace.portal.restore(input));
  portal.emulator.resetPassword('new-password');
  const auth = basicAuth({ username: portal.emulator.credentials.userName, password: 'new-password' });
  const keysMade = () => portal.emulator.requests.filter(({ operationId }) => operationId === 'createApiKey');
  return { ...portal, auth, keysMade };
}

describe('after a restore (DS-13, DS-14, DS-15)', () => {
  it('a new login makes one new key, and the client with it works', async () => {
    const { docspace, auth, keysMade, emulator } = await restored();
    await expect(docspace.backups.list().toArray()).rejects.toBeInstanceOf(PermissionError);
    const { client, apiKey, oldCredentials } = await docspace.portal.reconnect(auth);
    expect(oldCredentials).toBe('refused');
    expect(await client.backups.list().toArray()).not.toEqual([]);
    const sent = emulator.requests.at(-1)?.headers.authorization;
    expect(sent).toBe(`Bearer ${apiKey?.reveal()}`);
    expect(client.baseUrl).toBe(docspace.baseUrl);
    expect(keysMade().map(({ body }) => JSON.parse(body))).toEqual([
      { name: expect.stringMatching(/^restorekit \d{4}-\d\d-\d\d$/), permissions: ['*'] },
    ]);
    // The new client can do what the old one could: restore again.
    const [latest] = await client.backups.list().toArray();
    await client.portal.restore({ backupId: latest?.id ?? '' });
    expect(emulator.restores).toHaveLength(2);
  });

  it('the result says what is dead', async () => {
    const { docspace, auth, emulator } = await restored();
    const { dead, restores } = await docspace.portal.reconnect(auth);
    expect(dead[0]).toBe('The portal refuses the old credentials of this client.');
    expect(dead.join('\n')).toMatch(/API keys, sessions and passwords from before/);
    expect(dead.join('\n')).toMatch(
      /ids of the portal, its users, rooms, folders, files and backup records have changed/,
    );
    expect(dead.join('\n')).toMatch(/two-factor authentication are deleted/);
    expect(restores).toMatchObject([{ taskId: emulator.restores[0]?.id, isCompleted: true, percent: 100 }]);
  });

  it('of the whole server it says other things, and that the old key still works where it does', async () => {
    const scenario = { edition: 'standalone', credentialsSurvive: true } as const;
    const { docspace, auth } = await restored(scenario, { dump: true });
    const { dead, oldCredentials } = await docspace.portal.reconnect(auth);
    expect(oldCredentials).toBe('accepted');
    expect(dead[0]).toMatch(/still accepts/);
    expect(dead.join('\n')).toMatch(/licence/);
    expect(dead.join('\n')).not.toMatch(/have changed/);
  });

  it('of a portal beside one of the server it is not said which was the last', async () => {
    const { docspace, auth } = await restored({ edition: 'standalone', serverRestore: { agoMs: 3_600_000 } });
    const { dead, restores } = await docspace.portal.reconnect(auth);
    expect(restores).toHaveLength(2);
    expect(dead.join('\n')).toMatch(/not known whether this was a restore of this portal or of the whole server/);
  });

  it('without any that has succeeded, it is not known what has changed', async () => {
    const { docspace } = portalWith({});
    const { dead, oldCredentials, restores } = await docspace.portal.reconnect(
      bearerToken('b7Jw2kQ0vTz8HsXn4LrYc9EoPd1GfMu6AiVt3ZqBx5NhRyWe'),
    );
    expect(oldCredentials).toBe('accepted');
    expect(restores).toEqual([]);
    expect(dead.join()).toMatch(/not known what has changed/);
  });

  it('the key has the name, the scopes and the life that were asked for', async () => {
    const { docspace, auth, keysMade } = await restored();
    const { apiKey, client } = await docspace.portal.reconnect(auth, {
      apiKey: { name: 'watcher', permissions: ['*:read'], expiresInDays: 30 },
    });
    expect(JSON.parse(keysMade()[0]?.body ?? '')).toEqual({
      name: 'watcher',
      permissions: ['*:read'],
      expiresInDays: 30,
    });
    expect(apiKey).toMatchObject({ name: 'watcher', id: expect.any(String) });
    expect(await client.backups.list().toArray()).not.toEqual([]);
  });

  it('no key is made if none is wanted, and the client logs in itself', async () => {
    const { docspace, auth, keysMade, emulator } = await restored();
    const { client, ...others } = await docspace.portal.reconnect(auth, { apiKey: false });
    expect(others).not.toHaveProperty('apiKey');
    await client.backups.list().toArray();
    expect(emulator.requests.at(-1)?.headers.authorization).toMatch(/^Basic /);
    expect(keysMade()).toEqual([]);
  });
});

it('a portal that shows its restores to nobody without credentials shows them to the new ones (DS-2)', async () => {
  const { docspace, clock, emulator } = portalWith('progress-needs-authentication-and-keys-die');
  await docspace.portal.restore({ backupId: BACKUP });
  clock.jump(120_000);
  emulator.resetPassword('new-password');
  const auth = basicAuth({ username: emulator.credentials.userName, password: 'new-password' });
  const { dead, restores } = await docspace.portal.reconnect(auth);
  expect(restores).toMatchObject([{ taskId: emulator.restores[0]?.id }]);
  expect(dead.join()).toMatch(/ids of the portal/);
});

describe('the new key', () => {
  it('is shown by nothing but `reveal`', async () => {
    const { docspace, auth } = await restored();
    const result = await docspace.portal.reconnect(auth);
    const secret = result.apiKey?.reveal() ?? '';
    expect(secret).toMatch(/^sk-/);
    expect(inspect(result, { depth: 8, showHidden: true })).not.toContain(secret);
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  it('is the sixth in 15 minutes only once: it is refused, and not tried again (DS-15, DS-21)', async () => {
    const { docspace, auth, keysMade } = await restored();
    for (let count = 0; count < 5; count += 1) await docspace.portal.reconnect(auth);
    const error = await rejection(docspace.portal.reconnect(auth));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(keysMade()).toHaveLength(6);
  });
});

describe('nothing is logged in', () => {
  it.each([
    ['while the portal is locked', {}, 20_000],
    ['while the archive is downloaded', { locksAtPercent: 60 }, 2_000],
  ])('%s: a new key would not survive (DS-12)', async (_, scenario, afterMs) => {
    const { docspace, clock, emulator } = portalWith(scenario);
    await docspace.portal.restore({ backupId: BACKUP });
    clock.jump(afterMs);
    const before = emulator.requests.length;
    const error = await rejection(docspace.portal.reconnect(docspaceApiKey('sk-other')));
    expect(error).toBeInstanceOf(PermissionError);
    expect(error).toHaveProperty('reason', 'portal-restoring');
    const sent = emulator.requests.slice(before);
    expect(sent.map(({ headers }) => headers.authorization)).toEqual(sent.map(() => undefined));
  });

  it.each<[string, unknown, unknown]>([
    ['auth', undefined, {}],
    ['auth', 'sk-1234', {}],
    ['auth', { kind: 'uaa', open: () => undefined }, {}],
    ['apiKey', docspaceApiKey('sk-1234'), { apiKey: true }],
    ['apiKey', docspaceApiKey('sk-1234'), { apiKey: null }],
    ['key', docspaceApiKey('sk-1234'), { key: {} }],
    ['scopes', docspaceApiKey('sk-1234'), { apiKey: { scopes: ['*'] } }],
    ['apiKey.name', docspaceApiKey('sk-1234'), { apiKey: { name: '' } }],
    ['apiKey.name', docspaceApiKey('sk-1234'), { apiKey: { name: 'x'.repeat(31) } }],
    ['apiKey.permissions', docspaceApiKey('sk-1234'), { apiKey: { permissions: [] } }],
    ['apiKey.permissions', docspaceApiKey('sk-1234'), { apiKey: { permissions: '*' } }],
    ['apiKey.permissions.1', docspaceApiKey('sk-1234'), { apiKey: { permissions: ['*', 7] } }],
    ['apiKey.expiresInDays', docspaceApiKey('sk-1234'), { apiKey: { expiresInDays: 366 } }],
  ])('with a wrong %s, which is named', async (field, auth, options) => {
    const { docspace, emulator } = portalWith({});
    const reconnected = (async () => docspace.portal.reconnect(auth as never, options as ReconnectOptions))();
    await expect(reconnected).rejects.toMatchObject({ code: 'configuration', field });
    expect(emulator.requests).toEqual([]);
  });
});

describe('a refusal', () => {
  it('of the new login is thrown, and it is tried once: wrong passwords lock accounts', async () => {
    const { docspace, emulator, keysMade } = await restored();
    const wrong = basicAuth({ username: emulator.credentials.userName, password: 'wrong' });
    const before = emulator.requests.length;
    expect(await rejection(docspace.portal.reconnect(wrong))).toBeInstanceOf(AuthenticationError);
    const tried = emulator.requests.slice(before).filter(({ headers }) => headers.authorization !== undefined);
    expect(tried).toHaveLength(1);
    expect(keysMade()).toEqual([]);
  });

  it('of the old credentials is not looked for if they are a password', async () => {
    const { connect, auth, emulator } = await restored();
    const { userName, password } = emulator.credentials;
    const old = connect({ auth: basicAuth({ username: userName, password }) });
    const { oldCredentials, dead } = await old.portal.reconnect(auth);
    expect(oldCredentials).toBe('unknown');
    expect(dead[0]).not.toMatch(/old credentials/);
    const basics = emulator.requests
      .map(({ headers }) => headers.authorization)
      .filter((value) => value?.startsWith('Basic'));
    expect(new Set(basics).size).toBe(1);
  });

  /** The new session is `session-2`, the new key `sk-new`. */
  const reconnectOn = async (script: Script) => {
    const portal = scriptedPortal((asked, count) => {
      if (asked.call === 'settings') return envelope({ tenantStatus: 0 });
      if (asked.call === 'getrestoreprogress') return envelope(done());
      return script(asked, count);
    });
    const told = await portal.docspace.portal.reconnect(bearerToken('session-2')).catch((error: unknown) => error);
    return { ...portal, told };
  };
  const newKey = () => envelope({ id: TASK, key: 'sk-new' });

  it('of the new key is thrown, and names the key', async () => {
    const { told } = await reconnectOn(({ call, authorization }) => {
      if (call === 'keys') return newKey();
      return authorization === 'Bearer sk-new' ? new Response(null, { status: 403 }) : envelope();
    });
    expect(told).toBeInstanceOf(PermissionError);
    expect((told as Error).message).toContain(TASK);
    expect((told as Error).message).not.toContain('sk-new');
  });

  it('is none if the portal only fails when the new key is tried: the key is shown once and must not be lost', async () => {
    const { told } = await reconnectOn(({ call, authorization }) => {
      if (call === 'keys') return newKey();
      return authorization === 'Bearer sk-new' ? new Response(null, { status: 500 }) : envelope();
    });
    expect(told).toMatchObject({ apiKey: { id: TASK, name: expect.stringContaining('restorekit') } });
  });

  it.each([
    ['lost', () => new Response(null, { status: 502 }), WriteOutcomeUnknownError],
    ['without a key', () => envelope({ id: TASK, name: 'x' }), UnexpectedResponseError],
  ])('of an answer that is %s is not hidden, and no second key is made', async (_, answer, kind) => {
    const { told, asked } = await reconnectOn(({ call }) => (call === 'keys' ? answer() : envelope()));
    expect(told).toBeInstanceOf(kind);
    expect(asked.filter(({ call }) => call === 'keys')).toHaveLength(1);
  });

  it('of the old session is only known if the portal answers', async () => {
    const { told } = await reconnectOn(({ call, authorization }) => {
      if (call === 'keys') return newKey();
      return authorization === 'Bearer session-token' ? new Response(null, { status: 500 }) : envelope();
    });
    expect(told).toMatchObject({ oldCredentials: 'unknown' });
  });
});

it.each([
  ['failed', { error: 'The backup file is invalid.' }],
  ['canceled', { status: 3 }],
  ['failed without a text', { status: 4 }],
  ['ended below 100 %', { progress: 62 }],
])('a restore that %s has killed nothing that is known', async (_, more) => {
  const { docspace } = scriptedPortal(({ call }) => {
    if (call === 'settings') return envelope({ tenantStatus: 0 });
    if (call === 'getrestoreprogress')
      return envelope(record({ isCompleted: true, progress: 100, status: 2, ...more }));
    return call === 'keys' ? envelope({ id: TASK, key: 'sk-new' }) : envelope();
  });
  const { dead } = await docspace.portal.reconnect(bearerToken('session-2'));
  expect(dead).toEqual([
    expect.stringContaining('still accepts'),
    expect.stringContaining('not known what has changed'),
  ]);
});
