import { describe, expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import { emulated, html, json, SNAPSHOT, scriptedEnvironment, started } from './support.ts';

// The clock of the tests begins at 2026-01-01T00:00:00Z.
const NOW = '2026-01-01T00:00:20_Artifact_Snapshot.zip';
const UNDERSCORE = '2026-04-23T08:48:06_Artifact_Snapshot.zip';

async function nameAmong(names: unknown, input: { backupName?: string; targetName?: string } = {}) {
  const done = json({ details: null, status: 0, items: null, links: null });
  const items = Array.isArray(names) ? names.map((name) => ({ name, type: 'LCM' })) : names;
  const list = items instanceof Response ? items : json({ status: 0, details: null, items });
  const { epm } = scriptedEnvironment([started('/interop/rest/v2/status/jobs/7'), done, list]);
  const operation = await epm.backups.copy({ backupName: SNAPSHOT, ...input });
  return (await waitForCompletion(operation)).result;
}

it.each([undefined, 'underscore'] as const)(
  'as the server made it up (%s), so that it can be imported (OE-17)',
  async (copyName) => {
    const { epm, emulator } = emulated({ scenario: copyName ? { copyName } : {} });
    const { result } = await waitForCompletion(await epm.backups.copy({ backupName: SNAPSHOT }));
    expect(result.fileName).toBe(emulator.environment.files.at(-1));
    expect(result.aftermath).toEqual([
      expect.stringMatching(/^Nothing was restored/),
      `The copy is called '${result.fileName}'.`,
    ]);
    const { fileName: snapshotName = '' } = result;
    await waitForCompletion(await epm.snapshots.import({ snapshotName }));
    expect(emulator.environment).toMatchObject({ application: 'imported', contents: snapshotName });
  },
);

it('as it was asked for', async () => {
  const { epm } = emulated();
  const { result } = await waitForCompletion(await epm.backups.copy({ backupName: SNAPSHOT, targetName: 'April' }));
  expect(result.fileName).toBe('April');
});

describe('from the list of files', () => {
  it.each<[string, readonly string[], { backupName?: string; targetName?: string }, string]>([
    [
      'with the extension that the server adds',
      ['Artifact Snapshot', 'April.zip'],
      { targetName: 'April' },
      'April.zip',
    ],
    ['by the time of the copy', ['2025-12-30T00:00:00_Artifact_Snapshot.zip', NOW], {}, NOW],
    ['by the name of the backup', ['other', UNDERSCORE], {}, UNDERSCORE],
    ['by its time where both are there', [UNDERSCORE, NOW], {}, NOW],
    ['without its extension', ['2026-01-01T00:00:20_Artifact_Snapshot'], {}, '2026-01-01T00:00:20_Artifact_Snapshot'],
  ])('%s', async (_, names, input, expected) => {
    expect((await nameAmong(names, input)).fileName).toBe(expected);
  });
});

describe('no name is told that is not certain', () => {
  it.each<[string, unknown, { backupName?: string; targetName?: string }]>([
    ['none fits', ['Artifact Snapshot', 'inbox/a.csv'], {}],
    ['two fit', [NOW, '2026-01-01T00:00:10_Artifact_Snapshot.zip'], {}],
    ['it is older than the copy', ['2025-12-31T23:50:00_Artifact_Snapshot.zip'], {}],
    ['it is of another kind', ['2026-01-01T00:00:20_EPRCS_Backup.tar.gz'], {}],
    ['the name that was asked for is not there', [NOW], { targetName: 'April' }],
    ['the list is empty', null, {}],
    ['the list cannot be read', html(503), {}],
    ['the list has another form', json({ items: 'none', status: 0 }), {}],
  ])('%s', async (_, names, input) => {
    const result = await nameAmong(names, input);
    expect(result).not.toHaveProperty('fileName');
    expect(result.aftermath[1]).toMatch(/^See the list of files/);
  });
});

it('the time is that of the server', async () => {
  const done = () =>
    json({ details: null, status: 0, items: null, links: null }, 200, { date: 'Thu, 01 Jan 2026 05:00:00 GMT' });
  const list = json({
    status: 0,
    details: null,
    items: [{ name: '2026-01-01T05:00:01_Artifact_Snapshot.zip' }, { name: NOW }],
  });
  const { epm } = scriptedEnvironment([started('/interop/rest/v2/status/jobs/7'), done, list]);
  const { result } = await waitForCompletion(await epm.backups.copy({ backupName: SNAPSHOT }));
  expect(result.fileName).toBe('2026-01-01T05:00:01_Artifact_Snapshot.zip');
});
