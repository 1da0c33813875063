import { describe, expect, it } from 'vitest';
import { docspaceBackups } from '../../../src/testing/docspace/archives.ts';
import { portal } from './support.ts';

const HOUR = 3_600_000;
const backupId = docspaceBackups.good.id;

describe('the progress call on a server of its own', () => {
  const stage = () => portal({ edition: 'standalone', serverRestore: { agoMs: HOUR } });

  it('tells of the server’s job, of the portal’s, or of the first of either', async () => {
    const { start, progress } = stage();
    const ours = (await start({ backupId })).body.response.taskId;
    const ofServer = (await progress('?Dump=true')).taskId;
    expect(ofServer).not.toBe(ours);
    expect((await progress('?Dump=false')).taskId).toBe(ours);
    // The older one, although it has ended and ours runs.
    expect((await progress()).taskId).toBe(ofServer);
  });

  it('tells of ours without `Dump` once the record of the server’s job has expired', async () => {
    const { clock, start, progress } = portal({ edition: 'standalone', serverRestore: { agoMs: 24 * HOUR } });
    const ours = (await start({ backupId })).body.response.taskId;
    expect((await progress()).taskId).not.toBe(ours);
    clock.jump(60_000);
    expect((await progress()).taskId).toBe(ours);
  });

  it('has a dump of ours under true, and nothing under false', async () => {
    const { start, progress } = portal({ edition: 'standalone' });
    const ours = (await start({ backupId: docspaceBackups.dump.id, dump: true })).body.response.taskId;
    expect((await progress('?Dump=true')).taskId).toBe(ours);
    expect((await progress()).taskId).toBe(ours);
    expect(await progress('?Dump=false')).toBeUndefined();
  });
});

it('a hosted portal takes whatever is sent for false', async () => {
  const { start, progress } = portal({ serverRestore: { agoMs: HOUR } });
  const ours = (await start({ backupId })).body.response.taskId;
  for (const query of ['', '?Dump=true', '?Dump=false']) expect((await progress(query)).taskId).toBe(ours);
});

describe('the history', () => {
  const idsIn = (told: { readonly body: { readonly response: { readonly id: string }[] } }) =>
    told.body.response.map(({ id }) => id);

  it('has two states on a server of its own: the portal’s, and the dumps', async () => {
    const { history } = portal({ edition: 'standalone' });
    expect(idsIn(await history())).not.toContain(docspaceBackups.dump.id);
    expect(idsIn(await history('?Dump=false'))).toEqual(idsIn(await history()));
    expect(idsIn(await history('?Dump=true'))).toEqual([docspaceBackups.dump.id]);
  });

  it('is 403 for dumps on a hosted portal', async () => {
    const { history } = portal();
    expect((await history('?Dump=true')).status).toBe(403);
    expect((await history()).status).toBe(200);
  });
});
