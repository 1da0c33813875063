import { describe, expect, it } from 'vitest';
import type { OracleEpmClient } from '../../src/oracle-epm/index.ts';
import { rejection } from '../support/rejection.ts';
import { emulated, html, json, scriptedEnvironment } from './support.ts';

const writes: readonly (readonly [string, (epm: OracleEpmClient) => Promise<void>, string, object])[] = [
  [
    'files.delete',
    (epm) => epm.files.delete('inbox/today.csv'),
    'POST /interop/rest/v3/files/delete',
    { fileName: 'inbox/today.csv' },
  ],
  [
    'snapshots.delete',
    (epm) => epm.snapshots.delete('Artifact Snapshot'),
    'POST /interop/rest/v3/files/delete',
    { fileName: 'Artifact Snapshot' },
  ],
  [
    'snapshots.rename',
    (epm) => epm.snapshots.rename({ snapshotName: 'Artifact Snapshot', newName: 'Before the close' }),
    'PUT /interop/rest/v2/snapshots/rename',
    { snapshotName: 'Artifact Snapshot', newSnapshotName: 'Before the close' },
  ],
  [
    'maintenance.set',
    (epm) => epm.maintenance.set({ startTime: '08:00', timeZone: 'America/Los_Angeles' }),
    'PUT /interop/rest/v2/maintenance/setdailymaintenancestarttime',
    { startTime: '08:00 America/Los_Angeles' },
  ],
];

describe.each(writes)('%s', (_, write, request, body) => {
  it('is one request, with a body that is not dropped on its way (OE-28, OE-29)', async () => {
    const { epm, emulator } = emulated();
    await write(epm);
    const [sent, ...others] = emulator.requests;
    expect(`${sent?.method} ${sent?.path}`).toBe(request);
    expect(sent?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(sent?.body ?? '')).toEqual(body);
    expect(others).toEqual([]);
  });

  it('a refusal in a 200 is an error (OE-1)', async () => {
    const { epm } = scriptedEnvironment([json({ details: 'Not allowed', status: 6, items: null, links: null })]);
    expect(await rejection(write(epm))).toMatchObject({
      name: 'ApiError',
      status: 200,
      errors: [{ message: 'Not allowed', code: '6' }],
    });
  });

  it.each([
    ['a page', html()],
    ['no status', json({ details: null, links: null })],
    ['-1', json({ details: null, status: -1, links: null })],
    ['an empty text', json({ details: null, status: '', links: null })],
    ['the error of a gateway', json({ detail: 'upstream unavailable', status: 0 })],
  ])('%s is no success', async (_name, answer) => {
    const { epm } = scriptedEnvironment([answer]);
    expect(await rejection(write(epm))).toMatchObject({ name: 'UnexpectedResponseError' });
  });

  it('a lost answer is told as such, and nothing is sent again', async () => {
    const { epm, received } = scriptedEnvironment([html(502)]);
    expect(await rejection(write(epm))).toMatchObject({ name: 'WriteOutcomeUnknownError', started: 'unknown' });
    expect(received).toHaveLength(1);
  });
});

it('what is deleted or renamed is so in the environment', async () => {
  const { epm, emulator } = emulated();
  await epm.snapshots.rename({ snapshotName: 'Artifact Snapshot', newName: 'Before the close' });
  await epm.files.delete('inbox/today.csv');
  expect((await epm.files.list().toArray()).map(({ name }) => name)).toEqual(['Before the close']);
  await epm.snapshots.delete('Before the close');
  expect(emulator.environment.files).toEqual([]);
  expect(await rejection(epm.files.delete('Before the close'))).toMatchObject({ name: 'ApiError' });
});

it('the older call loses its body on the way, and is not used (OE-28)', async () => {
  const { emulator } = emulated();
  const answer = await emulator.fetch('https://epm.example.org/interop/rest/v2/files/delete', {
    method: 'DELETE',
    headers: { authorization: `Basic ${btoa('admin:secret')}` },
  });
  expect(answer.status).toBe(400);
});
