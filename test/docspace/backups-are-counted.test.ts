import { describe, expect, it } from 'vitest';
import { PermissionError, UnexpectedResponseError } from '../../src/errors/index.ts';
import { rejection } from '../support/rejection.ts';
import { envelope, portalWith, scriptedPortal } from './support.ts';

const JUNE = { from: '2026-06-01T00:00:00Z', to: new Date('2026-07-01T00:00:00Z') };

describe('the number of backups', () => {
  it('is that of a period, which is sent in UTC', async () => {
    const { docspace, emulator } = portalWith({});
    expect(await docspace.backups.count(JUNE)).toBe(4);
    expect(await docspace.backups.count({ from: '2000-01-01T00:00:00+01:00', to: '2000-01-31T00:00:00Z' })).toBe(0);
    expect(emulator.requests.map(({ url }) => new URL(url).search)).toEqual([
      '?from=2026-06-01T00%3A00%3A00.000Z&to=2026-07-01T00%3A00%3A00.000Z',
      '?from=1999-12-31T23%3A00%3A00.000Z&to=2000-01-31T00%3A00%3A00.000Z',
    ]);
  });

  it('is that of the current month if no period is given', async () => {
    const { docspace, clock } = portalWith({});
    expect(await docspace.backups.count()).toBe(0);
    await docspace.backups.create({ storage: 'data-store' });
    clock.jump(10_000);
    expect(await docspace.backups.count()).toBe(1);
    expect(await docspace.backups.count({ paid: true })).toBe(0);
  });

  it('counts deleted backups too', async () => {
    const { docspace } = portalWith({});
    await docspace.backups.deleteAll();
    expect(await docspace.backups.count(JUNE)).toBe(4);
  });

  it.each([
    ['the newest server, at once', 'paid-backups', { free: 2, paid: 2 }, ['getbackupscountbypaid']],
    [
      'an older server, asked twice (DS-27)',
      {},
      { free: 4, paid: 0 },
      ['getbackupscountbypaid', 'getbackupscount', 'getbackupscount'],
    ],
  ] as const)('by kind comes from %s', async (_, scenario, counts, calls) => {
    const { docspace, emulator } = portalWith(scenario);
    expect(await docspace.backups.countByPaid(JUNE)).toEqual(counts);
    expect(emulator.requests.map(({ path }) => path.replace(/^.*\//, ''))).toEqual(calls);
  });

  it.each([['3'], [undefined], [{ free: 1 }], [1.5]])('is no number: %j', async (answer) => {
    const { docspace } = scriptedPortal(() => envelope(answer));
    expect(await rejection(docspace.backups.count())).toBeInstanceOf(UnexpectedResponseError);
    expect(await rejection(docspace.backups.countByPaid())).toBeInstanceOf(UnexpectedResponseError);
  });

  it('is not shown to a room admin, and not asked for twice', async () => {
    const { docspace, emulator } = portalWith({ role: 'room-admin', server: '3.8' });
    expect(await rejection(docspace.backups.countByPaid())).toBeInstanceOf(PermissionError);
    expect(emulator.requests.filter(({ path }) => path.includes('count'))).toHaveLength(1);
  });
});

it.each([
  ['paid-backups', true],
  ['success', false],
] as const)('the state of paid backups is read: %s', async (scenario, enabled) => {
  expect(await portalWith(scenario).docspace.backups.serviceState()).toEqual({ enabled });
});

it('a state without the flag is not guessed', async () => {
  const { docspace } = scriptedPortal(() => envelope({}));
  expect(await rejection(docspace.backups.serviceState())).toBeInstanceOf(UnexpectedResponseError);
});
