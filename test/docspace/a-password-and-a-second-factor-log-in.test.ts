import { describe, expect, it } from 'vitest';
import {
  DocSpaceClient,
  type DocSpacePasswordOptions,
  type DocSpaceSecondFactor,
  docspacePassword,
} from '../../src/docspace/index.ts';
import { docspaceCredentials } from '../../src/testing/docspace/credentials.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { BACKUP, BASE_URL, portalWith } from './support.ts';

const { userName: username, password, codes } = docspaceCredentials;
const [FIRST = '', SECOND = ''] = codes;
const MINUTE = 60_000;

function portalOf(scenario: Parameters<typeof portalWith>[0], options: Partial<DocSpacePasswordOptions> = {}) {
  const auth = docspacePassword({ username, password, ...options });
  const portal = portalWith(scenario, { auth });
  const logins = () => portal.emulator.requests.filter(({ operationId }) => operationId?.startsWith('authenticate'));
  return { ...portal, logins, history: () => portal.docspace.backups.list().toArray() };
}

it('e-mail address and password give a token, which is sent as Bearer', async () => {
  const { history, emulator, logins } = portalOf({});
  expect((await history()).length).toBeGreaterThan(0);
  await history();
  expect(logins().map(({ body }) => JSON.parse(body))).toEqual([{ userName: username, password }]);
  expect(emulator.requests.at(-1)?.headers.authorization).toMatch(/^Bearer \w+$/);
});

it('a token that ends is followed by a new login', async () => {
  const { history, logins, clock } = portalOf({ tokens: { lifeMs: 10 * MINUTE } });
  await history();
  clock.jump(11 * MINUTE);
  await history();
  expect(logins()).toHaveLength(2);
});

it('a restore is started, and its polls carry no credentials', async () => {
  const { docspace } = portalOf('second-factor', { secondFactor: FIRST });
  const operation = await docspace.portal.restore({ backupId: BACKUP, notify: false });
  expect((await operation.poll()).state).toBe('running');
});

describe('a second factor', () => {
  it('is asked for with what the portal asks for, and the code goes into a second call', async () => {
    const asked: DocSpaceSecondFactor[] = [];
    const { history, logins } = portalOf('second-factor', {
      secondFactor: async (needed) => {
        asked.push(needed);
        return ` ${FIRST} `;
      },
    });
    await history();
    expect(asked).toEqual([{ kind: 'app' }]);
    expect(logins().map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
      ['/api/2.0/authentication', { userName: username, password }],
      [`/api/2.0/authentication/${FIRST}`, { userName: username, password, code: FIRST }],
    ]);
  });

  it('by a phone names the phone as the portal shows it, and when the code ends', async () => {
    const asked: DocSpaceSecondFactor[] = [];
    const { history, clock } = portalOf('second-factor-by-sms', {
      secondFactor: (needed) => {
        asked.push(needed);
        return FIRST;
      },
    });
    const now = clock.now();
    await history();
    expect(asked).toEqual([{ kind: 'sms', phone: '+1********42', expiresAt: new Date(now + 10 * MINUTE) }]);
  });

  it('that nobody was asked for is a typed error which says how to give it', async () => {
    const { history, logins } = portalOf('second-factor');
    const error = await rejection(history());
    expect(error).toMatchObject({
      name: 'AuthenticationError',
      reason: 'code-needed',
      message: expect.stringMatching(/authenticator app.*secondFactor/),
    });
    for (let count = 0; count < 4; count += 1) await rejection(history());
    // Each login may send a message to a phone.
    expect(logins()).toHaveLength(1);
  });

  it.each([
    ['app-not-set-up', /no authenticator app.*browser/],
    ['sms-without-phone', /no confirmed phone.*browser/],
  ] as const)('that the account has not set up (%s) says so', async (secondFactor, message) => {
    const { history } = portalOf({ secondFactor }, { secondFactor: FIRST });
    expect(await rejection(history())).toMatchObject({
      reason: 'code-needed',
      message: expect.stringMatching(message),
    });
  });

  it('whose code is refused is not sent again, and the password rests for five minutes', async () => {
    const { history, logins, clock } = portalOf('second-factor', { secondFactor: '999999' });
    const error = await rejection(history());
    expect(error).toMatchObject({ name: 'AuthenticationError', reason: 'code-refused', retryAfterMs: 5 * MINUTE });
    expect((error as Error).message).toContain('code');
    clock.jump(6 * MINUTE);
    expect(await rejection(history())).toMatchObject({ reason: 'code-used' });
    expect(logins()).toHaveLength(2);
  });

  it('is asked for again at the next login', async () => {
    const given = [FIRST, SECOND];
    const { history, clock, logins } = portalOf(
      { secondFactor: 'app', tokens: { lifeMs: 10 * MINUTE } },
      { secondFactor: () => given.shift() ?? '' },
    );
    await history();
    clock.jump(20 * MINUTE);
    await history();
    expect(given).toEqual([]);
    expect(logins()).toHaveLength(4);
  });

  it('that cannot be asked for sends no second message to the phone for five minutes', async () => {
    let asked = 0;
    const { history, logins, clock } = portalOf('second-factor-by-sms', {
      secondFactor: () => {
        asked += 1;
        throw new Error('nobody is there');
      },
    });
    for (let count = 0; count < 4; count += 1) {
      expect(await rejection(history())).toMatchObject({ name: 'ConnectionError', sent: 'no' });
    }
    expect([asked, logins().length]).toEqual([1, 1]);
    clock.jump(5 * MINUTE);
    await rejection(history());
    expect(logins()).toHaveLength(2);
  });
});

describe('a refused login', () => {
  it('is in the words of the portal, says what a restore does to passwords, and is tried once in five minutes', async () => {
    const { history, logins, clock } = portalOf({}, { password: 'a-wrong-password' });
    for (let count = 0; count < 10; count += 1) {
      const error = await rejection(history());
      expect(error).toMatchObject({ name: 'AuthenticationError', status: 401 });
      expect((error as Error).message).toMatch(/User authentication failed.*After a restore.*mail/);
    }
    expect(logins()).toHaveLength(1);
    clock.jump(5 * MINUTE);
    await rejection(history());
    expect(logins()).toHaveLength(2);
  });

  it('because of many wrong ones is a refusal too', async () => {
    const { history, emulator } = portalOf({});
    for (let count = 0; count < 5; count += 1) {
      await emulator.fetch(`${BASE_URL}/api/2.0/authentication`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ userName: username, password: 'wrong' }),
      });
    }
    expect(await rejection(history())).toMatchObject({
      name: 'AuthenticationError',
      status: 403,
      message: expect.stringContaining('refuses logins for some time'),
    });
  });

  it('is none while the portal is being restored (DS-12)', async () => {
    for (const scenario of ['locked-portal', 'locked-portal-with-empty-answers'] as const) {
      const { docspace, clock, emulator } = portalOf(scenario);
      await docspace.portal.restore({ backupId: BACKUP, notify: false });
      clock.jump(5 * MINUTE);
      const late = new DocSpaceClient({
        baseUrl: BASE_URL,
        auth: docspacePassword({ username, password }),
        fetch: emulator.fetch,
        clock,
      });
      const error = await rejection(late.backups.list().toArray());
      expect(error).toMatchObject({ name: 'UnexpectedResponseError', status: 403 });
      expect((error as Error).message).toContain('while it is being restored');
    }
  });
});

it.each<[string, () => Response, string]>([
  ['a page under 401', () => new Response('<html>', { status: 401 }), 'UnexpectedResponseError'],
  ['nothing under 401', () => new Response(null, { status: 401 }), 'UnexpectedResponseError'],
  ['a page with 200', () => new Response('<html>login</html>'), 'UnexpectedResponseError'],
  ['neither token nor factor', () => Response.json({ response: {} }), 'UnexpectedResponseError'],
  ['429', () => new Response(null, { status: 429, headers: { 'retry-after': '900' } }), 'RateLimitError'],
  ['502', () => new Response('<html>', { status: 502 }), 'ServerError'],
])('an answer of %s to a login says nothing about the password', async (_, answer, name) => {
  const server = scriptedServer(answer);
  const docspace = new DocSpaceClient({
    baseUrl: BASE_URL,
    auth: docspacePassword({ username, password }),
    fetch: server.fetch,
  });
  expect(await rejection(docspace.portal.restore({ backupId: BACKUP }))).toMatchObject({ name });
});

it('password, code, set-up key and confirmation link are in no event and no error', async () => {
  const events: unknown[] = [];
  for (const scenario of [{ secondFactor: 'app' }, { secondFactor: 'app-not-set-up' }] as const) {
    const auth = docspacePassword({ username, password, secondFactor: '864209' });
    const { docspace, emulator } = portalWith(scenario, { auth, onEvent: (event) => events.push(event) });
    const error = await rejection(docspace.backups.list().toArray());
    const shown = `${JSON.stringify(events)}${JSON.stringify(error)}${(error as Error).stack}`;
    expect(shown).not.toContain(password);
    expect(shown).not.toContain('864209');
    expect(shown).not.toContain('confirm?type');
    expect(emulator.requests.length).toBeGreaterThan(0);
  }
});

it.each<[string, object, string]>([
  ['no user', { username: '' }, 'auth.username'],
  ['no password', { password: '' }, 'auth.password'],
  ['a password with a line break', { password: 'x\n' }, 'auth.password'],
  ['an empty code', { secondFactor: '' }, 'auth.secondFactor'],
  ['an unknown field', { email: 'a@b.c' }, 'email'],
])('%s is refused by name before anything is sent', (_, options, field) => {
  expect(() => portalOf({}, options)).toThrow(expect.objectContaining({ name: 'ConfigurationError', field }));
});
