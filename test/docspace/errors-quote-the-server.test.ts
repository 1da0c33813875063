import { describe, expect, it } from 'vitest';
import { parseErrorBody } from '../../src/docspace/traits.ts';
import { PermissionError, StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { BACKUP, envelope, scriptedPortal } from './support.ts';

const PROBLEM = { type: 'https://tools.ietf.org/html/rfc9110', title: 'Forbidden', status: 403, traceId: '00-4bf9-00' };
const STACK = '   at ASC.Data.Backup.BackupController.StartBackupRestore()';

describe('the server says', () => {
  it.each<[string, unknown, string[]]>([
    [
      'an exception',
      {
        error: { message: 'Access denied', type: 'System.Security.SecurityException', stack: STACK },
        status: 1,
        statusCode: 403,
      },
      ['Access denied'],
    ],
    ['an exception without words', { error: { hresult: 0 }, status: 1, statusCode: 401 }, ['no reason given']],
    [
      'a model that does not fit, in the envelope of a success',
      { response: { ...PROBLEM, errors: { $: ['backupId is missing'] } }, count: 1, status: 1, statusCode: 400 },
      ['$: backupId is missing'],
    ],
    ['a filter that cut the request short', PROBLEM, ['Forbidden']],
  ])('%s', (_, body, messages) => {
    expect(parseErrorBody(body)?.errors.map(({ message }) => message)).toEqual(messages);
  });

  it('where it broke, apart from the message', () => {
    const body = { error: { message: 'Broken.', stack: STACK }, status: 1, statusCode: 500 };
    expect(parseErrorBody(body)).toEqual({ errors: [{ message: 'Broken.' }], serverTrace: STACK });
  });
});

describe('it is somebody else who says', () => {
  it.each<[string, unknown]>([
    ['a message of a gateway', { message: 'no Route matched with those values' }],
    ['an error object of a gateway', { error: { message: 'upstream timed out', code: 504 } }],
    ['an error text', { error: 'Forbidden', status: 403, path: '/api/2.0/backup/startrestore' }],
    ['a problem of RFC 9457', { title: 'Forbidden', status: 403, detail: 'Blocked by policy.' }],
    ['a list of errors', { errors: [{ message: 'Blocked.' }], status: 403 }],
    ['a page', '<html></html>'],
    ['nothing', undefined],
    ['a list', [{ error: { message: 'x' }, statusCode: 403 }]],
  ])('%s', (_, body) => {
    expect(parseErrorBody(body)).toBeUndefined();
  });
});

it.each([
  ['of the server is a refusal', { error: { message: 'Access denied' }, status: 1, statusCode: 403 }, PermissionError],
  ['of a gateway leaves it open', { error: { message: 'Blocked.' } }, StartOutcomeUnknownError],
])('a 403 after two minutes %s', async (_, body, kind) => {
  const clock = virtualClock();
  const { docspace } = scriptedPortal(async ({ call }) => {
    if (call === 'settings') return envelope({ tenantStatus: 0 });
    if (call !== 'startrestore') return envelope();
    await clock.sleep(120_000);
    return Response.json(body, { status: 403 });
  }, clock);
  await expect(docspace.portal.restore({ backupId: BACKUP })).rejects.toBeInstanceOf(kind);
});
