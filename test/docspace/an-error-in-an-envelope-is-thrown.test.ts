import { expect, it } from 'vitest';
import {
  NotFoundError,
  PermissionError,
  ServerError,
  UnexpectedResponseError,
  ValidationError,
} from '../../src/errors/index.ts';
import { BACKUP, done, restoring, scriptedPortal } from './support.ts';

const STACK = '   at ASC.Data.Backup.Controllers.BackupController.GetRestoreProgress()';

const pollWith = async (body: unknown) => {
  const { docspace } = scriptedPortal(restoring(() => Response.json(body)));
  const operation = await docspace.portal.restore({ backupId: BACKUP });
  return operation.poll().catch((error: unknown) => error);
};

it.each([
  [404, NotFoundError],
  [403, PermissionError],
  [500, ServerError],
])('%d inside of a 200 is that error', async (statusCode, kind) => {
  const error = await pollWith({ error: { message: 'Out of order', stack: STACK }, status: 1, statusCode });
  expect(error).toBeInstanceOf(kind);
  expect(error).toMatchObject({ status: statusCode, message: expect.stringContaining('Out of order') });
  expect(JSON.stringify(error)).not.toContain(STACK);
});

it('a problem document in `response` is not read as a record', async () => {
  const error = await pollWith({
    response: { title: 'Invalid', errors: { Dump: ['not valid'] } },
    status: 1,
    statusCode: 400,
  });
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toHaveProperty('message', expect.stringContaining('Dump: not valid'));
});

it('a success in an envelope that tells of an error is none', async () => {
  expect(await pollWith({ response: done(), status: 1, statusCode: 500 })).toBeInstanceOf(ServerError);
  expect(await pollWith({ response: done(), status: 1 })).toBeInstanceOf(UnexpectedResponseError);
});

it('`status` 0 and the HTTP code in its place are no errors', async () => {
  expect(await pollWith({ response: done(), status: 0, statusCode: 200 })).toMatchObject({ state: 'succeeded' });
  expect(await pollWith({ response: done(), status: 200, statusCode: 200 })).toMatchObject({ state: 'succeeded' });
  expect(await pollWith({ response: done() })).toMatchObject({ state: 'succeeded' });
});

it('the history is not empty because it was refused', async () => {
  const { docspace } = scriptedPortal(() =>
    Response.json({ error: { message: 'Access denied' }, status: 1, statusCode: 403 }),
  );
  await expect(docspace.backups.list().toArray()).rejects.toBeInstanceOf(PermissionError);
});
