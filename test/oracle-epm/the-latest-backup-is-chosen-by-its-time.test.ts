import { expect, it } from 'vitest';
import { SelectionError } from '../../src/errors/index.ts';
import { rejection } from '../support/rejection.ts';
import { json, scriptedEnvironment } from './support.ts';

const archiveOf = (...items: readonly string[]) =>
  scriptedEnvironment([json({ details: null, status: 0, items, links: null })]).epm.backups;
const kind = 'environment-backup';

it.each([
  ['oldest first', ['2026-03-19T12:00:00/Environment_Backup', '2026-03-20T12:00:00/Environment_Backup']],
  ['newest first', ['2026-03-20T12:00:00/Environment_Backup', '2026-03-19T12:00:00/Environment_Backup']],
  [
    'beside a newer one of another kind, and one without a time',
    ['2026-03-20T12:00:00/Environment_Backup', 'x/Environment_Backup', '2026-03-21T12:00:00/Artifact_Snapshot.zip'],
  ],
  [
    'beside an old one that was put into the archive later',
    ['2026-03-20T12:00:00/Environment_Backup', '2026-03-21T12:00:00/Environment_Backup_2026-01-01T12:00:00'],
  ],
])('%s', async (_, items) => {
  expect(await archiveOf(...items).latest({ kind })).toEqual({
    id: '2026-03-20T12:00:00/Environment_Backup',
    name: '2026-03-20T12:00:00/Environment_Backup',
    kind,
    createdAt: new Date('2026-03-20T12:00:00Z'),
  });
});

it.each([
  ['an empty archive', [], 'none', 0],
  ['none of this kind', ['2026-03-20T12:00:00/Artifact_Snapshot.zip'], 'none', 0],
  ['none with a time', ['x/Environment_Backup', 'y/Environment_Backup'], 'no-time', 2],
  [
    'two of the same time',
    [
      '2026-03-20T12:00:00/Environment_Backup',
      '2026-03-20T12:00:00/Environment_Backup_2',
      '2026-03-19T12:00:00/Environment_Backup',
    ],
    'several',
    2,
  ],
])('%s: none is chosen', async (_, items, reason, found) => {
  const error = await rejection(archiveOf(...items).latest({ kind }));
  expect(error).toBeInstanceOf(SelectionError);
  expect(error).toMatchObject({ reason, started: 'no' });
  expect((error as SelectionError).found).toHaveLength(found);
});

it.each([undefined, {}, { kind: 'Environment_Backup' }])('%j is no kind', async (wanted) => {
  expect(await rejection(archiveOf().latest(wanted as never))).toMatchObject({ code: 'configuration', field: 'kind' });
});

it("a gateway's error under HTTP 200 is no list", async () => {
  const { epm } = scriptedEnvironment([json({ detail: 'upstream unavailable', status: 503 })]);
  expect(await rejection(epm.backups.latest({ kind }))).toMatchObject({ code: 'unexpected-response' });
});
