import { describe, expect, it } from 'vitest';
import { page, type Script, SESSION, scripted, serverWith, sessionBody, VERSIONS } from './support.ts';

const only =
  (body: unknown): Script =>
  () =>
    Response.json(body);

describe('what the vendor tells', () => {
  it('of an organization has its odd names mapped (VM-10)', async () => {
    const { veeam } = scripted(
      'v5',
      only({
        id: 'org-1',
        name: 'abc.onmicrosoft.com',
        region: null,
        isBackedup: true,
        firstBackuptime: '2020-05-26T22:07:39.4361193Z',
        lastBackuptime: '2020-10-30T10:29:05.5Z',
      }),
    );

    expect(await veeam.organizations.get('org-1')).toEqual({
      id: 'org-1',
      name: 'abc.onmicrosoft.com',
      isBackedUp: true,
      firstBackupTime: new Date('2020-05-26T22:07:39.437Z'),
      lastBackupTime: new Date('2020-10-30T10:29:05.500Z'),
    });
  });

  it('of an organization that was never backed up has no times', async () => {
    const { veeam, emulator } = serverWith('v6', 'never-backed-up');

    const organization = await veeam.organizations.get(emulator.organizationId);

    expect(organization.isBackedUp).toBe(false);
    expect(organization).not.toHaveProperty('firstBackupTime');
  });

  it.each(VERSIONS)(
    'as the last backup opens a session of that backup, and not of the one before: %s',
    async (version) => {
      const { veeam, emulator, open } = serverWith(version);
      const { lastBackupTime, firstBackupTime } = await veeam.organizations.get(emulator.organizationId);
      const mailboxesAt = async (dateTime: Date) => (await open({ dateTime })).mailboxes.list().toArray();

      expect(lastBackupTime?.getTime()).toBeGreaterThan(emulator.backupTimes.at(-1) ?? Number.POSITIVE_INFINITY);
      expect(await mailboxesAt(firstBackupTime ?? new Date(0))).toHaveLength(3);
      expect(await mailboxesAt(new Date((firstBackupTime?.getTime() ?? 0) - 60_000))).toEqual([]);
    },
  );

  it('of a job has no field for what is not there', async () => {
    const { veeam } = scripted(
      'v6',
      only({
        id: 'job-1',
        name: 'Backup2',
        backupType: 'EntireOrganization',
        isEnabled: false,
        lastRun: null,
        nextRun: '',
      }),
    );

    expect(await veeam.jobs.get('job-1')).toEqual({
      id: 'job-1',
      name: 'Backup2',
      backupType: 'EntireOrganization',
      isEnabled: false,
    });
  });

  it('of a session that has stopped has an end and a result', async () => {
    const body = sessionBody({ state: 'Stopped', endTime: '2022-01-21T23:20:11.5000000Z', scopeName: '' });
    const { veeam } = scripted('v6', only(body));

    expect(await veeam.restoreSessions.get(SESSION)).toEqual({
      id: SESSION,
      name: body.name,
      organization: 'abc.onmicrosoft.com',
      type: 'vex',
      state: 'Stopped',
      result: 'Success',
      createdAt: new Date('2022-01-21T22:53:13.968Z'),
      endedAt: new Date('2022-01-21T23:20:11.500Z'),
      initiatedBy: 'EPSILON\\Administrator',
    });
  });

  it.each([
    ['00:00:00.0446928', 44],
    ['1.02:03:04.0446928', 93_784_044],
    ['00:00:00', 0],
    ['1 hour', undefined],
  ])('of an event has a duration: %s (VM-29)', async (duration, durationMs) => {
    const event = {
      id: 'e1',
      type: 'Restore',
      status: 'Success',
      order: 1,
      startTime: '2022-01-22T01:53:13.9685934+03:00',
      endTime: null,
      duration,
    };
    const { veeam } = scripted('v6', only(page([event])));

    expect(await veeam.restoreSessions.events(SESSION).toArray()).toEqual([
      {
        id: 'e1',
        type: 'Restore',
        status: 'Success',
        order: 1,
        startTime: new Date('2022-01-21T22:53:13.968Z'),
        ...(durationMs === undefined ? {} : { durationMs }),
      },
    ]);
  });

  it('of a mailbox may have its flags in quotes', async () => {
    const { veeam } = scripted('v5', only({ id: 'm1', name: 'A', isArchive: 'false', isPublic: true }));

    expect(await veeam.attach({ id: SESSION }).mailboxes.get('m1')).toEqual({
      id: 'm1',
      name: 'A',
      isArchive: false,
      isPublic: true,
    });
  });
});

describe('what the caller tells', () => {
  it.each([
    ['2020-10-30T10:54:40.2794046Z', '2020-10-30T10:54:40.2794046Z'],
    ['2020-10-30T12:54:40.2794046+02:00', '2020-10-30T10:54:40.2794046Z'],
    ['2020-10-30T10:54Z', '2020-10-30T10:54:00.000Z'],
    [new Date('2022-01-22T14:56:55.862Z'), '2022-01-22T14:56:55.862Z'],
  ])('as the moment %s is sent in UTC, to its last digit (VM-8, VM-9)', async (dateTime, sent) => {
    const { veeam, asked } = scripted('v6', ({ method }) =>
      Response.json(method === 'POST' ? sessionBody() : page([])),
    );

    const session = await veeam.jobs.explore('job-1', { dateTime, type: 'vex' });

    expect(asked.at(-1)?.body).toMatchObject({ dateTime: sent });
    expect(session.dateTime).toEqual(new Date(sent));
  });

  it('as a range of the list is sent in UTC', async () => {
    const { veeam, asked } = scripted('v6', only(page([])));

    await veeam.restoreSessions.list({ startTimeFrom: '2026-01-01T02:00:00+02:00', limit: 50 }).toArray();

    expect(asked[0]?.path).toBe('/v6/RestoreSessions?startTimeFrom=2026-01-01T00%3A00%3A00.000Z&limit=50');
  });
});
