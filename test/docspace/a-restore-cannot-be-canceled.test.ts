import { expect, it } from 'vitest';
import { WaitAbortedError, WaitTimeoutError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, portalWith } from './support.ts';

it('the server has no call for it, even while all else is 403 (DS-28)', async () => {
  const { docspace, emulator, clock } = portalWith('no-cancel');
  const operation = await docspace.portal.restore({ backupId: BACKUP });
  clock.jump(120_000);
  const { status } = await emulator.fetch('https://portal.example.com/api/2.0/backup/cancelrestore', {
    method: 'POST',
  });
  expect(status).toBe(404);
  expect(operation).not.toHaveProperty('cancel');
});

it('aborting a wait leaves it running, and the same operation is waited for again', async () => {
  const { docspace, emulator, clock } = portalWith('no-cancel');
  const operation = await docspace.portal.restore({ backupId: BACKUP });
  const control = new AbortController();
  const waiting = rejection(waitForCompletion(operation, { signal: control.signal }));
  clock.sleep(60_000).then(() => control.abort());
  expect(await waiting).toBeInstanceOf(WaitAbortedError);
  expect(await operation.poll()).toMatchObject({ state: 'running' });
  expect((await waitForCompletion(operation)).state).toBe('succeeded');
  expect(emulator.restores).toHaveLength(1);
});

it('the error of a deadline says so, instead of advising another start', async () => {
  const { docspace } = portalWith('no-cancel');
  const operation = await docspace.portal.restore({ backupId: BACKUP });
  const error = await rejection(waitForCompletion(operation, { timeoutMs: 60_000 }));
  expect(error).toBeInstanceOf(WaitTimeoutError);
  expect((error as Error).message).toMatch(/No API call stops a restore/);
  expect((error as Error).message).toMatch(/do not start another restore/);
});
