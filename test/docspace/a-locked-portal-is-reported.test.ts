import { describe, expect, it } from 'vitest';
import { AuthenticationError, PermissionError } from '../../src/errors/index.ts';
import { BACKUP, portalWith } from './support.ts';

describe.each(['locked-portal', 'locked-portal-with-empty-answers'] as const)('%s', (name) => {
  const locked = async () => {
    const portal = portalWith(name);
    await portal.docspace.portal.restore({ backupId: BACKUP });
    await portal.clock.sleep(5 * 60_000);
    return portal;
  };

  it.each([
    ['a start', ({ docspace }: ReturnType<typeof portalWith>) => docspace.portal.restore({ backupId: BACKUP })],
    ['the history', ({ docspace }: ReturnType<typeof portalWith>) => docspace.backups.list().toArray()],
  ])('%s says that a restore locks it', async (_, call) => {
    const portal = await locked();
    const error = await call(portal).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermissionError);
    expect(error).toMatchObject({ status: 403, reason: 'portal-restoring', isRetryable: false });
    expect(portal.emulator.restores).toHaveLength(1);
  });

  it('the progress and the settings still answer', async () => {
    const { docspace } = await locked();
    expect(await docspace.portal.restoreProgress()).toMatchObject({ isCompleted: false, percent: 50 });
    expect(await docspace.portal.settings()).toEqual({ tenantStatus: 4 });
  });
});

it.each(['room-admin', 'scoped-key', 'read-only-key'] as const)('%s is refused for other reasons', async (name) => {
  const { docspace } = portalWith(name);
  const error = await docspace.portal.restore({ backupId: BACKUP }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PermissionError);
  expect(error).toMatchObject({ reason: undefined, message: expect.stringMatching(/owner or a DocSpace admin/) });
});

it('a dead key is told as such', async () => {
  const { docspace, clock } = portalWith({ server: '3.6', durationMs: 1_000 });
  await docspace.portal.restore({ backupId: BACKUP });
  await clock.sleep(10_000);
  const error = await docspace.backups
    .list()
    .toArray()
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AuthenticationError);
  expect((error as Error).message).toMatch(/before a restore of the portal no longer work/);
});
