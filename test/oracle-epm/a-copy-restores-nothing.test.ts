import { describe, expect, it } from 'vitest';
import { StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, done, emulated, html, json, SNAPSHOT, scriptedEnvironment, started } from './support.ts';

const COPY = '/interop/rest/v2/backups/restore';

it('adds a file, says so, and leaves the application as it is (OE-17)', async () => {
  const { epm, emulator } = emulated();
  const before = emulator.environment;
  const operation = await epm.backups.copy({ backupName: SNAPSHOT, targetName: 'Backup_16Dec', note: 'T-1' });
  expect(operation.kind).toBe('oracle-epm/copy-backup');
  const done = await waitForCompletion(operation);
  expect(done).toMatchObject({
    state: 'succeeded',
    handle: { note: 'T-1', path: expect.stringMatching(/^\/interop\/rest\/v2\/status\/jobs\/\d+$/) },
  });
  expect(done.result.aftermath[0]).toMatch(/^Nothing was restored/);
  expect(emulator.environment).toEqual({ ...before, files: [...before.files, 'Backup_16Dec'] });
  expect(emulator.restores).toHaveLength(0);
});

it.each([
  [{ backupName: SNAPSHOT }, { backupName: SNAPSHOT, parameters: {} }],
  [
    { backupName: SNAPSHOT, targetName: 'x' },
    { backupName: SNAPSHOT, parameters: { targetName: 'x' } },
  ],
])('%j is sent in the documented form', async (input, body) => {
  const { epm, emulator } = emulated();
  await epm.backups.copy(input);
  expect(JSON.parse(emulator.requests.find(({ path }) => path === COPY)?.body ?? '')).toEqual(body);
});

it('a refusal in a 200 is a failed copy', async () => {
  const { epm } = emulated();
  const operation = await epm.backups.copy({ backupName: BACKUP, force: true });
  expect(await operation.poll()).toMatchObject({
    state: 'failed',
    failure: { code: '1', message: 'The backup is not a snapshot' },
  });
});

it('is sent once, and a lost answer is unknown', async () => {
  const { epm, received } = scriptedEnvironment([html(502)]);
  const error = await rejection(epm.backups.copy({ backupName: SNAPSHOT }));
  if (!StartOutcomeUnknownError.isInstance(error)) throw error;
  expect(await error.reconcile()).toMatchObject({ outcome: 'unknown', advice: expect.stringContaining('files') });
  expect(received).toHaveLength(1);
});

it('goes on from its handle', async () => {
  const { epm } = emulated();
  const operation = await epm.backups.copy({ backupName: SNAPSHOT });
  const first = await waitForCompletion(operation);
  const again = await waitForCompletion(epm.resume(JSON.parse(JSON.stringify(operation))));
  expect(again.result).toEqual(first.result);
});

it('takes no environment backup, unless it is forced', async () => {
  const { epm, emulator } = emulated();
  const error = await rejection(epm.backups.copy({ backupName: BACKUP }));
  expect(error).toMatchObject({ code: 'configuration', field: 'backupName', started: 'no' });
  expect(emulator.requests).toHaveLength(0);
});

it('takes an archive of Narrative Reporting', async () => {
  const { epm, received } = scriptedEnvironment([started('/interop/rest/v2/status/jobs/7')]);
  await epm.backups.copy({ backupName: '2026-03-20T12:46:04/EPRCS_Backup.tar.gz' });
  expect(received).toHaveLength(1);
});

it('says nothing of the time of the data, which has not changed', async () => {
  const { epm } = scriptedEnvironment([started('/interop/rest/v2/status/jobs/7'), done]);
  const { result } = await waitForCompletion(await epm.backups.copy({ backupName: SNAPSHOT }));
  expect(result).not.toHaveProperty('dataAsOf');
});

it('claims no copy where a step failed', async () => {
  const steps = [{ 'Copying backup': 'Failed' }];
  const failed = json({ details: '', status: 0, items: null, links: null, intermittentStatus: steps });
  const { epm } = scriptedEnvironment([started('/interop/rest/v2/status/jobs/7'), failed]);
  const operation = await epm.backups.copy({ backupName: SNAPSHOT });
  const ended = await waitForCompletion(operation, { accept: 'partial' });
  expect(ended.state).toBe('partial');
  expect(ended.result.aftermath[0]).toMatch(/^Nothing was restored: the backup may have been copied/);
});

describe('one that somebody else started', () => {
  it('is followed by its id', async () => {
    const { epm } = emulated();
    const theirs = await epm.backups.copy({ backupName: SNAPSHOT });
    const ours = epm.backups.attachCopy({ id: theirs.id, startedAt: '2026-01-01T01:00:00+01:00', note: 'T-2' });
    expect(ours.toJSON()).toMatchObject({
      kind: 'oracle-epm/copy-backup',
      path: `/interop/rest/v2/status/jobs/${theirs.id}`,
      startedAt: '2026-01-01T00:00:00.000Z',
      note: 'T-2',
    });
    expect((await waitForCompletion(ours)).state).toBe('succeeded');
    expect(epm.resume(JSON.parse(JSON.stringify(ours))).toJSON()).toEqual(ours.toJSON());
  });

  it.each([
    ['no id', {}, 'id'],
    ['a time without a zone', { id: '1', startedAt: '2026-01-01T00:00:00' }, 'startedAt'],
    ['an unknown option', { id: '1', targetName: 'x' }, 'targetName'],
    ['a name that is no text', { id: '1', backupName: 42 }, 'backupName'],
  ])('%s', (_, options, field) => {
    const { epm } = emulated();
    expect(() => epm.backups.attachCopy(options as never)).toThrow(expect.objectContaining({ field }));
  });

  it('is what every advice about a copy leads to', async () => {
    const noLink = scriptedEnvironment([json({ details: null, status: -1, items: null, links: null })]);
    const followed = await rejection(noLink.epm.backups.copy({ backupName: SNAPSHOT }));
    expect((followed as Error).message).toContain('backups.attachCopy({ id })');
    const lost = await rejection(scriptedEnvironment([html(502)]).epm.backups.copy({ backupName: SNAPSHOT }));
    if (!StartOutcomeUnknownError.isInstance(lost)) throw lost;
    expect(await lost.reconcile()).toMatchObject({ advice: expect.stringContaining('backups.attachCopy({ id })') });
  });
});

describe('an outage is tolerated for half an hour: a copy does not take the environment down', () => {
  const copying = json({ details: '', status: -1, items: null, links: null });

  /** The status cannot be read from the second poll on, for this long. */
  async function copyInTheDark(darkMs: number) {
    const link = started('/interop/rest/v2/status/jobs/7');
    const server = scriptedEnvironment([
      link,
      copying,
      () => (server.clock.now() - darkFrom < darkMs ? html(503) : done.clone()),
    ]);
    const darkFrom = server.clock.now();
    return { clock: server.clock, darkFrom, copy: await server.epm.backups.copy({ backupName: SNAPSHOT }) };
  }

  it('28 minutes of it are waited out', async () => {
    const { copy } = await copyInTheDark(28 * 60_000);
    expect((await waitForCompletion(copy)).state).toBe('succeeded');
  });

  it('more is an unknown outcome', async () => {
    const { copy, clock, darkFrom } = await copyInTheDark(Number.POSITIVE_INFINITY);
    expect(await rejection(waitForCompletion(copy))).toMatchObject({ code: 'outage', reason: 'unreachable' });
    expect(clock.now() - darkFrom).toBeGreaterThanOrEqual(30 * 60_000);
    expect(clock.now() - darkFrom).toBeLessThan(33 * 60_000);
  });
});
