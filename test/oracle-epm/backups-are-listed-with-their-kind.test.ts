import { expect, it } from 'vitest';
import { rejection } from '../support/rejection.ts';
import { emulated, html, json, scriptedEnvironment } from './support.ts';

it('by the text after the first slash, with the UTC time in the name (OE-16, OE-18)', async () => {
  const items = [
    '2026-03-20T12:46:04/Artifact_Snapshot.zip',
    '2026-03-20T12:46:04/Environment_Backup',
    '2026-03-20T12:46:04/Environment_Backup.zip',
    '2022-02-16T21:00:02/Artifact_Snapshot_2021-12-16T21:00:02',
    '2026-03-20T12:46:04/EPRCS_Backup.tar.gz',
    'Environment_Backup',
    'backups/2026/Environment_Backup',
  ];
  const { epm, received } = scriptedEnvironment([json({ details: null, status: 0, items, links: null })]);
  expect(
    (await epm.backups.list().toArray()).map(({ name, kind, createdAt }) => [name, kind, createdAt?.toISOString()]),
  ).toEqual([
    [items[0], 'artifact-snapshot', '2026-03-20T12:46:04.000Z'],
    [items[1], 'environment-backup', '2026-03-20T12:46:04.000Z'],
    [items[2], 'environment-backup', '2026-03-20T12:46:04.000Z'],
    [items[3], 'artifact-snapshot', '2021-12-16T21:00:02.000Z'],
    [items[4], 'other', '2026-03-20T12:46:04.000Z'],
    [items[5], 'other', undefined],
    [items[6], 'other', undefined],
  ]);
  expect(received).toHaveLength(1);
});

it('is what the environment has', async () => {
  const { epm, emulator } = emulated();
  const names: string[] = [];
  for await (const backup of epm.backups.list()) names.push(backup.name);
  expect(names).toEqual(emulator.backups.map(({ name }) => name));
});

it.each([[[]], [null], [undefined]])('nothing archived: %j', async (items) => {
  const { epm } = scriptedEnvironment([json({ details: null, status: 0, items })]);
  expect(await epm.backups.list().toArray()).toEqual([]);
});

it.each([
  [
    'a refusal in a 200 (OE-1)',
    json({ details: 'Not now', status: 7, items: null }),
    { code: 'api', status: 200, errors: [{ code: '7', message: 'Not now' }] },
  ],
  [
    'a refusal without a word',
    json({ details: null, status: '1', items: ['x'] }),
    { code: 'api', message: expect.stringContaining('status 1') },
  ],
  [
    '404 (OE-25)',
    json({ details: 'No such resource' }, 404),
    { code: 'not-found', message: expect.stringContaining('does not have the call') },
  ],
  ['no status', json({ items: [] }), { code: 'unexpected-response', started: 'no' }],
  ['a status that is none', json({ status: '', items: [] }), { code: 'unexpected-response' }],
  ['a job instead of a list', json({ status: -1, items: null }), { code: 'unexpected-response' }],
  ['items that are no names', json({ status: 0, items: [{ name: 'x' }] }), { code: 'unexpected-response' }],
  ['a login page', html(), { code: 'unexpected-response' }],
])('%s', async (_, answer, expected) => {
  const { epm } = scriptedEnvironment([answer]);
  expect(await rejection(epm.backups.list().toArray())).toMatchObject(expected);
});

it('is read again after a 503', async () => {
  const { epm, received } = scriptedEnvironment([
    html(503),
    json({ status: '0', details: null, items: ['x/Environment_Backup'] }),
  ]);
  expect(await epm.backups.list().toArray()).toEqual([
    { id: 'x/Environment_Backup', name: 'x/Environment_Backup', kind: 'environment-backup' },
  ]);
  expect(received).toHaveLength(2);
});
