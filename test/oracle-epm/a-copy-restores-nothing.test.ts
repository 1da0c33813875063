import { expect, it } from 'vitest';
import { StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { BACKUP, caught, emulated, html, SNAPSHOT, scripted } from './support.ts';

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
  const operation = await epm.backups.copy({ backupName: BACKUP });
  expect(await operation.poll()).toMatchObject({
    state: 'failed',
    failure: { code: '1', message: 'The backup is not a snapshot' },
  });
});

it('is sent once, and a lost answer is unknown', async () => {
  const { epm, sent } = scripted([html(502)]);
  const error = await caught(epm.backups.copy({ backupName: SNAPSHOT }));
  if (!StartOutcomeUnknownError.isInstance(error)) throw error;
  expect(await error.reconcile()).toMatchObject({ outcome: 'unknown', advice: expect.stringContaining('files') });
  expect(sent).toHaveLength(1);
});

it('goes on from its handle', async () => {
  const { epm } = emulated();
  const operation = await epm.backups.copy({ backupName: SNAPSHOT });
  const first = await waitForCompletion(operation);
  const again = await waitForCompletion(epm.resume(JSON.parse(JSON.stringify(operation))));
  expect(again.result).toEqual(first.result);
});
