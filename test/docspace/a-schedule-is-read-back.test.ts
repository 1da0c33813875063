import { describe, expect, it } from 'vitest';
import type { BackupScheduleInput } from '../../src/docspace/index.ts';
import {
  ApiError,
  NotFoundError,
  PermissionError,
  UnexpectedResponseError,
  WriteOutcomeUnknownError,
} from '../../src/errors/index.ts';
import { rejection } from '../support/rejection.ts';
import { envelope, portalWith, scriptedPortal } from './support.ts';

const DAILY: BackupScheduleInput = { storage: 'data-store', every: 'day', hour: 3, backupsStored: 5 };

describe('a schedule that is set (DS-32)', () => {
  it.each<[BackupScheduleInput, object, object]>([
    [
      DAILY,
      { storageType: 4, backupsStored: 5, cronParams: { period: 0, hour: 3 } },
      { storage: 'data-store', every: 'day', hour: 3, backupsStored: 5, params: {} },
    ],
    [
      { storage: 'documents', folderId: '12', every: 'week', weekday: 'sunday', hour: 0, backupsStored: 30 },
      {
        storageType: 0,
        storageParams: [{ key: 'folderId', value: '12' }],
        backupsStored: 30,
        cronParams: { period: 1, hour: 0, day: 1 },
      },
      {
        storage: 'documents',
        every: 'week',
        weekday: 'sunday',
        hour: 0,
        backupsStored: 30,
        params: { folderId: '12' },
      },
    ],
    [
      { storage: 'data-store', every: 'week', weekday: 'saturday', hour: 23, backupsStored: 1 },
      { storageType: 4, backupsStored: 1, cronParams: { period: 1, hour: 23, day: 7 } },
      { every: 'week', weekday: 'saturday' },
    ],
    [
      {
        storage: 'third-party-consumer',
        params: { module: 'S3', bucket: 'b' },
        every: 'month',
        dayOfMonth: 31,
        hour: 5,
        backupsStored: 3,
      },
      {
        storageType: 5,
        storageParams: [
          { key: 'module', value: 'S3' },
          { key: 'bucket', value: 'b' },
        ],
        backupsStored: 3,
        cronParams: { period: 2, hour: 5, day: 31 },
      },
      { every: 'month', dayOfMonth: 31, params: { module: 'S3', bucket: 'b' } },
    ],
  ])('is sent in the form of the server, and returned as the portal shows it: %j', async (input, body, shown) => {
    const { docspace, emulator } = portalWith({});
    const schedule = await docspace.backups.schedule.set(input);
    const sent = emulator.requests.filter(({ operationId }) => operationId === 'createBackupSchedule');
    expect(sent.map(({ body: text }) => JSON.parse(text))).toEqual([body]);
    expect(schedule).toMatchObject(shown);
    expect(schedule).not.toHaveProperty('lastBackupAt');
    expect(await docspace.backups.schedule.get()).toEqual(schedule);
  });

  it('of the whole server is another one', async () => {
    const { docspace } = portalWith({ edition: 'standalone' });
    const local = { storage: 'local', folderPath: '/backups', every: 'day', hour: 1, backupsStored: 7 } as const;
    const schedule = await docspace.backups.schedule.set({ ...local, dump: true });
    expect(schedule).toMatchObject({ storage: 'local', dump: true, params: { folderId: '/backups' } });
    expect(await docspace.backups.schedule.get()).toBeUndefined();
    expect(await docspace.backups.schedule.get({ dump: true })).toEqual(schedule);
    await docspace.backups.schedule.delete({ dump: true });
    expect(await docspace.backups.schedule.get({ dump: true })).toBeUndefined();
  });

  it('is an error if the portal shows none afterwards, although its answer was true', async () => {
    const { docspace } = portalWith('schedule-is-not-kept');
    const error = await rejection(docspace.backups.schedule.set(DAILY));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ message: expect.stringContaining('no schedule') });
  });

  it.each([
    ['day', { storageType: 4, cronParams: { period: 1, hour: 3, day: 2 }, backupsStored: 5 }],
    ['hour', { storageType: 4, cronParams: { period: 0, hour: 4, day: 0 }, backupsStored: 5 }],
    ['storage', { storageType: 0, cronParams: { period: 0, hour: 3, day: 0 }, backupsStored: 5 }],
    ['number', { storageType: 4, cronParams: { period: 0, hour: 3, day: 0 }, backupsStored: 6 }],
  ])('is an error if the portal shows another %s', async (_, shown) => {
    const { docspace } = scriptedPortal(({ method }) => envelope(method === 'POST' ? true : shown));
    expect(await rejection(docspace.backups.schedule.set(DAILY))).toMatchObject({
      message: expect.stringContaining('another schedule'),
    });
  });

  it.each([
    ['weekday', { every: 'week', weekday: 'monday' }, { period: 1, hour: 3, day: 3 }],
    ['dayOfMonth', { every: 'month', dayOfMonth: 3 }, { period: 2, hour: 3, day: 4 }],
  ] as const)('is an error if the portal shows another %s', async (_, time, cronParams) => {
    const shown = { storageType: 4, cronParams, backupsStored: 5 };
    const { docspace } = scriptedPortal(({ method }) => envelope(method === 'POST' ? true : shown));
    expect(await rejection(docspace.backups.schedule.set({ ...DAILY, ...time }))).toBeInstanceOf(
      UnexpectedResponseError,
    );
  });

  it('is sent once if its answer is lost', async () => {
    const { docspace, asked } = scriptedPortal(() => new Response(null, { status: 504 }));
    expect(await rejection(docspace.backups.schedule.set(DAILY))).toBeInstanceOf(WriteOutcomeUnknownError);
    expect(asked).toHaveLength(1);
  });
});

describe('a schedule that is shown', () => {
  const shownAs = async (schedule?: object) => {
    const { docspace } = scriptedPortal(() => envelope(schedule));
    return docspace.backups.schedule.get();
  };

  it('says when it last ran, and may have names, texts and nulls (DS-26, DS-27)', async () => {
    const shown = {
      storageType: 'ThridpartyDocuments',
      storageParams: { folderId: 'sbox-1-|b', other: null },
      cronParams: { period: 'EveryWeek', hour: '5', day: '2' },
      backupsStored: null,
      lastBackupTime: '2026-06-29T05:00:03',
    };
    expect(await shownAs(shown)).toEqual({
      storage: 'third-party-documents',
      storageType: 1,
      params: { folderId: 'sbox-1-|b' },
      every: 'week',
      weekday: 'monday',
      hour: 5,
      lastBackupAt: new Date('2026-06-29T05:00:03Z'),
    });
  });

  it('is not guessed where the vendor adds numbers', async () => {
    const shown = { storageType: 9, cronParams: { period: 7, hour: 5, day: 9 }, dump: false };
    expect(await shownAs(shown)).toEqual({ storageType: 9, params: {}, hour: 5, dump: false });
  });

  it('is absent if there is none (DS-6), and an error if it is none', async () => {
    expect(await shownAs()).toBeUndefined();
    await expect(shownAs({ storageType: 4 })).rejects.toMatchObject({
      issues: [expect.stringContaining('cronParams')],
    });
  });

  it('is gone one day when the plan allows no further backup', async () => {
    const { docspace, clock } = portalWith('schedule-vanishes');
    await docspace.backups.schedule.set(DAILY);
    clock.jump(86_400_000);
    expect(await docspace.backups.schedule.get()).toBeUndefined();
  });
});

it('a schedule is deleted, and deleting none is no error', async () => {
  const { docspace } = portalWith({});
  await docspace.backups.schedule.set(DAILY);
  await docspace.backups.schedule.delete();
  expect(await docspace.backups.schedule.get()).toBeUndefined();
  await docspace.backups.schedule.delete();
});

it.each([
  ['plan-without-restore', DAILY, ApiError, 402],
  ['room-admin', DAILY, PermissionError, 403],
  ['success', { ...DAILY, storage: 'documents', folderId: '99999999' }, NotFoundError, 404],
] as const)('a refusal is thrown: %s', async (scenario, input, kind, status) => {
  const { docspace } = portalWith(scenario);
  const error = await rejection(docspace.backups.schedule.set(input));
  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject({ status });
});
