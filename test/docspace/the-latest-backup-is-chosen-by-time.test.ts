import { describe, expect, it } from 'vitest';
import { SelectionError } from '../../src/errors/index.ts';
import { BACKUP, DUMP, envelope, portalWith, scriptedPortal } from './support.ts';

const latestOf = (records: readonly Record<string, unknown>[]) =>
  scriptedPortal(() => envelope(records)).docspace.backups.latest();

const OLD = { id: 'old', createdOn: '2026-04-23T10:48:06.0000000+02:00' };
const NEW = { id: 'new', createdOn: '2026-04-23T09:00:00' };
const UNDATED = { id: 'undated', createdOn: '0001-01-01T00:00:00' };

describe('latest', () => {
  it.each([
    ['the last', [OLD, NEW]],
    ['the first', [NEW, OLD]],
    ['beside one without a time', [UNDATED, OLD, NEW, { id: 'none' }]],
  ])('takes the newest, which is %s', async (_, records) => {
    expect(await latestOf(records)).toMatchObject({ id: 'new', createdAt: new Date('2026-04-23T09:00:00Z') });
  });

  it.each([
    ['none', [], []],
    ['no-time', [UNDATED, { id: 'none' }], ['undated', 'none']],
    ['several', [NEW, OLD, { ...NEW, id: 'twin' }], ['new', 'twin']],
  ] as const)('refuses to guess: %s', async (reason, records, found) => {
    const error = await latestOf(records).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SelectionError);
    expect(error).toMatchObject({ reason, started: 'no', found: found.map((id) => ({ id })) });
  });

  it('is of the portal, or of the server where that is asked for', async () => {
    const { docspace } = portalWith('dump-restore');
    expect(await docspace.backups.latest()).toMatchObject({ id: BACKUP });
    expect(await docspace.backups.latest({ dump: true })).toMatchObject({ id: DUMP });
  });
});
