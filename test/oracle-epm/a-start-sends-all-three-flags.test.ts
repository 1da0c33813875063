import { describe, expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import { BACKUP, emulated } from './support.ts';

const NONE = { usersAndPreDefinedRoles: 'false', dailyMaintenanceStartTime: 'true', storedSnapshotsAndFiles: 'false' };

describe('nested under parameters, as lower-case texts (OE-13, OE-14, OE-15)', () => {
  it.each([
    ['none given: the documented defaults', {}, NONE],
    ['users', { usersAndPreDefinedRoles: true }, { ...NONE, usersAndPreDefinedRoles: 'true' }],
    ['schedule kept', { dailyMaintenanceStartTime: false }, { ...NONE, dailyMaintenanceStartTime: 'false' }],
    ['files', { storedSnapshotsAndFiles: true }, { ...NONE, storedSnapshotsAndFiles: 'true' }],
  ])('%s', async (_, flags, parameters) => {
    const { epm, starts } = emulated({ scenario: 'flags-are-read-strictly' });
    await epm.environment.restore({ backupName: BACKUP, note: 'T-1', ...flags });
    const [start] = starts();
    expect(JSON.parse(start?.body ?? '')).toEqual({ backupName: BACKUP, parameters });
    expect(start?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
  });
});

it.each([
  [undefined, '08:00', true],
  [true, '08:00', true],
  [false, '19:00', false],
])('dailyMaintenanceStartTime %s: the schedule is %s, and the result says so (OE-13)', async (flag, time, isTold) => {
  const { epm, emulator } = emulated();
  const given = flag === undefined ? {} : { dailyMaintenanceStartTime: flag };
  const done = await waitForCompletion(await epm.environment.restore({ backupName: BACKUP, ...given }));
  expect(emulator.environment.maintenanceStartTime).toBe(time);
  expect(done.result.aftermath.some((sentence) => sentence.includes('daily maintenance start time'))).toBe(isTold);
});

it('the name is sent back letter for letter (OE-18)', async () => {
  const name = ' 2026-04-23T08:48:06/Environment_Backup_2026-04-22T21:00:02.zip';
  const { epm, starts } = emulated({ backups: [{ name }] });
  const done = await waitForCompletion(await epm.environment.restore({ backupName: name }));
  expect(JSON.parse(starts()[0]?.body ?? '').backupName).toBe(name);
  expect(done.state).toBe('succeeded');
});
