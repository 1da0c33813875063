import { describe, expect, it } from 'vitest';
import {
  NotFoundError,
  PermissionError,
  UnexpectedResponseError,
  WriteOutcomeUnknownError,
} from '../../src/errors/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, DUMP, OTHER_TASK, portalWith } from './support.ts';

const deletionsOf = ({ emulator }: ReturnType<typeof portalWith>) =>
  emulator.requests.filter(({ method }) => method === 'DELETE').length;

describe('a backup (DS-31)', () => {
  it('is deleted once, and is gone from the list', async () => {
    const portal = portalWith({});
    await portal.docspace.backups.delete(BACKUP.toUpperCase());
    expect((await portal.docspace.backups.list().toArray()).map(({ id }) => id)).not.toContain(BACKUP);
    expect(deletionsOf(portal)).toBe(1);
  });

  it('that the portal does not list is no success: nothing is sent, although the server would answer true or 500', async () => {
    const portal = portalWith({});
    const error = await rejection(portal.docspace.backups.delete(OTHER_TASK));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ message: expect.stringContaining(OTHER_TASK) });
    expect(deletionsOf(portal)).toBe(0);
  });

  it('of the whole server is found with `dump`', async () => {
    const portal = portalWith({ edition: 'standalone' });
    expect(await rejection(portal.docspace.backups.delete(DUMP))).toBeInstanceOf(NotFoundError);
    await portal.docspace.backups.delete(DUMP, { dump: true });
    expect(portal.emulator.portal().backupIds).not.toContain(DUMP);
  });

  it('that is still listed after the answer true is not deleted', async () => {
    const { docspace } = portalWith('deletion-does-nothing');
    const error = await rejection(docspace.backups.delete(BACKUP));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ message: expect.stringContaining('still lists it') });
  });

  it('whose archive cannot be deleted is not known to be gone, and is not tried again', async () => {
    const portal = portalWith('archive-cannot-be-deleted');
    expect(await rejection(portal.docspace.backups.delete(BACKUP))).toBeInstanceOf(WriteOutcomeUnknownError);
    expect(deletionsOf(portal)).toBe(1);
  });

  it('is not deleted by a room admin', async () => {
    const portal = portalWith('room-admin');
    expect(await rejection(portal.docspace.backups.delete(BACKUP))).toBeInstanceOf(PermissionError);
    expect(deletionsOf(portal)).toBe(0);
  });
});

describe('all backups', () => {
  it('are deleted, and the result says which', async () => {
    const portal = portalWith({});
    const before = await portal.docspace.backups.list().toArray();
    expect(await portal.docspace.backups.deleteAll()).toEqual({ deleted: before, left: [] });
    expect(await portal.docspace.backups.list().toArray()).toEqual([]);
    expect(deletionsOf(portal)).toBe(1);
  });

  it('may be left where the server hides a failure, and the result says which', async () => {
    const { docspace } = portalWith('deletion-does-nothing');
    const { deleted, left } = await docspace.backups.deleteAll();
    expect(left.map(({ id }) => id)).toEqual([BACKUP]);
    expect(deleted.length).toBeGreaterThan(0);
    expect(deleted.map(({ id }) => id)).not.toContain(BACKUP);
  });

  it('of the whole server are others than those of the portal', async () => {
    const { docspace } = portalWith({ edition: 'standalone' });
    const { deleted } = await docspace.backups.deleteAll({ dump: true });
    expect(deleted.map(({ id }) => id)).toEqual([DUMP]);
    expect(await docspace.backups.list().toArray()).not.toEqual([]);
  });
});
