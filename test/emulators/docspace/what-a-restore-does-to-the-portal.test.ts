import { describe, expect, it } from 'vitest';
import { docspaceBackups } from '../../../src/testing/docspace/archives.ts';
import { portal } from './support.ts';

const backupId = docspaceBackups.good.id;

describe('the restore of a portal', () => {
  it('gives the records of backups new ids, under which they can be restored', async () => {
    const { clock, emulator, start } = portal({ credentialsSurvive: true });
    const before = emulator.portal().backupIds;
    await start({ backupId });
    clock.jump(60_000);
    const after = emulator.portal().backupIds;
    expect(after).toHaveLength(before.length);
    expect(after.filter((id) => before.includes(id))).toEqual([]);
    expect((await start({ backupId })).status).toBe(404);
    expect((await start({ backupId: after[0] })).status).toBe(200);
  });

  it('succeeds although files could not be written, which are missing then', async () => {
    const { clock, emulator, start, progress } = portal('files-skipped');
    await start({ backupId });
    clock.jump(60_000);
    expect(await progress()).toMatchObject({ isCompleted: true, progress: 100, error: '' });
    expect(emulator.portal().files.filter((id) => /^\d+$/.test(id))).toEqual(['11236']);
  });

  it.each([
    ['3.6', true],
    ['3.7', false],
  ] as const)('on %s leaves the two-factor settings: %s', async (server, isLeft) => {
    const { clock, emulator, start } = portal({ server, edition: 'standalone' });
    await start({ backupId });
    expect(emulator.portal().hasTwoFactorSettings).toBe(true);
    clock.jump(60_000);
    expect(emulator.portal()).toMatchObject({ hasTwoFactorSettings: isLeft, hasLicence: true });
  });

  it('changes nothing when it fails', async () => {
    const { clock, emulator, start } = portal({ end: { truth: 'failed', atPercent: 62 } });
    const before = emulator.portal();
    await start({ backupId });
    clock.jump(60_000);
    expect(emulator.portal()).toEqual(before);
  });
});

it('the restore of a dump deletes the licence and the two-factor settings', async () => {
  const { clock, emulator, start } = portal({ edition: 'standalone' });
  expect(emulator.portal()).toMatchObject({ hasLicence: true, hasTwoFactorSettings: true });
  await start({ backupId: docspaceBackups.dump.id, dump: true });
  clock.jump(60_000);
  expect(emulator.portal()).toMatchObject({ hasLicence: false, hasTwoFactorSettings: false });
});

describe('mails', () => {
  it.each([
    [false, 'owner'],
    [true, 'every active user'],
  ])('with `notify: %s` go to: %s', async (notify, audience) => {
    const { clock, emulator, start } = portal();
    const { taskId } = (await start({ backupId, notify })).body.response;
    expect(emulator.mails).toEqual([]);
    clock.jump(6_000);
    expect(emulator.mails).toEqual([{ taskId, moment: 'start', audience }]);
    clock.jump(54_000);
    expect(emulator.mails).toEqual([
      { taskId, moment: 'start', audience },
      { taskId, moment: 'end', audience },
    ]);
  });

  it('tell of no end when the restore has failed, and of nothing when it never locked the portal', async () => {
    const failed = portal({ end: { truth: 'failed', atPercent: 62 } });
    const foreign = portal('foreign-archive-fails-late');
    for (const { clock, start } of [failed, foreign]) {
      await start({ backupId });
      clock.jump(60_000);
    }
    expect(failed.emulator.mails.map(({ moment }) => moment)).toEqual(['start']);
    expect(foreign.emulator.mails).toEqual([]);
  });
});
