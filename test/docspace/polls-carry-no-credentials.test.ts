import { describe, expect, it } from 'vitest';
import { docspaceApiKey } from '../../src/docspace/index.ts';
import { AuthenticationError, OutageError, PermissionError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { BACKUP, done, envelope, pollsOf, portalWith, restoring, scriptedPortal } from './support.ts';

it('the key dies at the swap, and the wait does not notice', async () => {
  const { docspace, emulator } = portalWith('key-dies-at-the-swap');
  const result = await waitForCompletion(await docspace.portal.restore({ backupId: BACKUP }));
  expect(result).toMatchObject({ state: 'succeeded', unreachableMs: 0 });
  expect(pollsOf(emulator).every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

describe('where a poll without credentials is refused', () => {
  it.each([401, 403])('with %d, it is sent once more with them', async (status) => {
    const { docspace, asked } = scriptedPortal(
      restoring(({ authorization }) => (authorization === null ? new Response(null, { status }) : envelope(done()))),
    );
    const operation = await docspace.portal.restore({ backupId: BACKUP });
    const before = asked.length;
    expect((await operation.poll()).state).toBe('succeeded');
    expect(asked.slice(before).map(({ authorization }) => authorization)).toEqual([null, 'Bearer session-token']);
  });

  it.each([
    [401, AuthenticationError],
    [403, PermissionError],
  ])('with %d both times, that is the end of the poll', async (status, kind) => {
    const { docspace, asked } = scriptedPortal(restoring(() => new Response(null, { status })));
    const operation = await docspace.portal.restore({ backupId: BACKUP });
    const before = asked.length;
    const error = await operation.poll().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toMatch(/without credentials and with them/);
    expect(asked.length - before).toBe(2);
  });

  it.each([404, 429, 500, 502])('but %d brings no credentials out', async (status) => {
    const { docspace, asked } = scriptedPortal(restoring(() => new Response(null, { status })));
    const operation = await docspace.portal.restore({ backupId: BACKUP });
    const before = asked.length;
    await expect(operation.poll()).rejects.toHaveProperty('status', status);
    expect(asked.slice(before).map(({ authorization }) => authorization)).toEqual([null]);
  });
});

it('a restore whose end nothing opens is unknown after two hours, and never failed', async () => {
  const { docspace, connect, emulator } = portalWith('progress-needs-authentication-and-keys-die');
  const operation = await docspace.portal.restore({ backupId: BACKUP });
  const error = await waitForCompletion(operation).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OutageError);
  const seenFrom = (error as OutageError).since.getTime();
  const last = pollsOf(emulator).at(-1)?.at ?? 0;
  expect(last - seenFrom).toBe(2 * 3_600_000);
  // With the new key that a human has made, the same handle goes on.
  emulator.resetPassword('new');
  const login = await emulator.fetch('https://portal.example.com/api/2.0/authentication', {
    method: 'POST',
    body: JSON.stringify({ userName: emulator.credentials.userName, password: 'new' }),
  });
  const { response } = (await login.json()) as { response: { token: string } };
  const renewed = connect({ auth: docspaceApiKey(response.token) });
  expect((await renewed.resume(operation.toJSON()).poll()).state).toBe('succeeded');
});

it('a session cookie that the portal sets is not kept', async () => {
  const { docspace, emulator } = portalWith('stale-cookie-is-cleared');
  await waitForCompletion(await docspace.portal.restore({ backupId: BACKUP }));
  expect(emulator.requests.every(({ headers }) => headers.cookie === undefined)).toBe(true);
});

it('the settings are read without credentials', async () => {
  const { docspace, emulator } = portalWith('success');
  expect(await docspace.portal.settings()).toEqual({ tenantStatus: 0 });
  expect(emulator.requests[0]?.headers.authorization).toBeUndefined();
});
