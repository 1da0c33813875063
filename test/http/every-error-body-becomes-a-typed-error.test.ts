import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseErrorBody as cloudFoundry } from '../../src/cloud-foundry/traits.ts';
import { parseErrorBody as docspace } from '../../src/docspace/traits.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { AuthenticationError } from '../../src/errors/authentication-error.ts';
import { ConflictError } from '../../src/errors/conflict-error.ts';
import { NotFoundError } from '../../src/errors/not-found-error.ts';
import { PermissionError } from '../../src/errors/permission-error.ts';
import { RateLimitError } from '../../src/errors/rate-limit-error.ts';
import { ServerError } from '../../src/errors/server-error.ts';
import { ValidationError } from '../../src/errors/validation-error.ts';
import { parseGenericErrorBody } from '../../src/http/error-body.ts';
import type { ParsedErrorBody } from '../../src/http/traits.ts';
import { parseErrorBody as oracleEpm } from '../../src/oracle-epm/traits.ts';
import { parseErrorBody as veeam } from '../../src/veeam-m365/traits.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { clientOf } from './cloud-foundry-client.ts';

async function answered(body: string, contentType = 'application/json', status = 500): Promise<ApiError> {
  const server = scriptedServer(
    () => new Response(body, { status, headers: contentType ? { 'content-type': contentType } : {} }),
  );
  const error = await rejection(clientOf({ fetch: server.fetch }).poll());
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe('the status decides the type', () => {
  it.each([
    [400, ValidationError],
    [401, AuthenticationError],
    [403, PermissionError],
    [404, NotFoundError],
    [409, ConflictError],
    [422, ValidationError],
    [429, RateLimitError],
    [500, ServerError],
    [503, ServerError],
    [599, ServerError],
    [402, ApiError],
    [418, ApiError],
  ])('%i', async (status, type) => {
    const error = await answered('', '', status);
    expect(error.constructor).toBe(type);
    expect(error.status).toBe(status);
    expect(error.message).toContain(String(status));
  });
});

const generic = (body: unknown) => ({ errors: parseGenericErrorBody(body) });

describe('all that the five vendors send is understood', () => {
  const trace = '   at ASC.Web.Api.BackupController.StartRestore()';
  it.each<[string, (body: unknown) => ParsedErrorBody | undefined, string, object]>([
    [
      'Cloud Foundry',
      cloudFoundry,
      '{"errors":[{"code":10008,"title":"CF-UnprocessableEntity","detail":"first"},{"code":10016,"title":"CF-UniquenessError","detail":"second"}]}',
      {
        errors: [
          { message: 'first', title: 'CF-UnprocessableEntity', code: '10008' },
          { message: 'second', title: 'CF-UniquenessError', code: '10016' },
        ],
      },
    ],
    [
      'Cloud Foundry under text/plain',
      cloudFoundry,
      '{"errors":[{"code":10013,"title":"CF-RateLimitExceeded","detail":"Rate Limit Exceeded"}]}',
      { errors: [{ message: 'Rate Limit Exceeded', title: 'CF-RateLimitExceeded', code: '10013' }] },
    ],
    [
      'a bare Cloud Foundry error',
      cloudFoundry,
      '{"code":20004,"title":"CF-UaaUnavailable","detail":"The UAA service is currently unavailable"}',
      { errors: [{ message: 'The UAA service is currently unavailable', title: 'CF-UaaUnavailable', code: '20004' }] },
    ],
    [
      'OAuth',
      generic,
      '{"error":"invalid_token","error_description":"The token expired"}',
      { errors: [{ message: 'The token expired', title: 'invalid_token' }] },
    ],
    ['OAuth without a description', generic, '{"error":"unauthorized"}', { errors: [{ message: 'unauthorized' }] }],
    [
      'Veeam',
      veeam,
      '{"message":"Restore session has been stopped."}',
      { errors: [{ message: 'Restore session has been stopped.' }] },
    ],
    [
      'Oracle',
      oracleEpm,
      '{"statusCode":401,"status":"Unauthorized","message":"Invalid credentials","errorCode":-1}',
      { errors: [{ message: 'Invalid credentials', code: '-1' }] },
    ],
    [
      'Oracle with details',
      oracleEpm,
      '{"status":1,"details":"The backup does not exist"}',
      { errors: [{ message: 'The backup does not exist', code: '1' }] },
    ],
    [
      'DocSpace, an exception',
      docspace,
      JSON.stringify({
        error: { message: 'Access denied', type: 'System.Security.SecurityException', stack: trace, hresult: 1 },
        status: 1,
        statusCode: 403,
      }),
      { errors: [{ message: 'Access denied' }], serverTrace: trace },
    ],
    [
      'DocSpace, a refused model in a success envelope',
      docspace,
      '{"response":{"title":"One or more validation errors occurred.","status":400,"errors":{"Name":["The Name field is required."]}},"status":1,"statusCode":400}',
      { errors: [{ message: 'Name: The Name field is required.', title: 'One or more validation errors occurred.' }] },
    ],
    [
      'DocSpace, a problem document',
      generic,
      '{"type":"https://tools.ietf.org/html/rfc9110","title":"Forbidden","status":403,"traceId":"00-4b"}',
      { errors: [{ message: 'Forbidden' }] },
    ],
  ])('%s', (_, parse, body, expected) => {
    expect(parse(JSON.parse(body))).toEqual(expected);
  });

  it('no stack trace gets into the message', async () => {
    const body = JSON.stringify({ error: { message: 'Access denied', stack: trace }, statusCode: 403 });
    const error = await answered(body);
    expect(error.message).toContain('Access denied');
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('BackupController');
  });
});

describe('whose words a body is', () => {
  it.each([
    ['api', '{"errors":[{"code":10008,"title":"CF-UnprocessableEntity","detail":"first"}]}'],
    ['empty', ''],
    ['other', '{"message":"no Route matched with those values"}'],
    ['other', '{"title":"Not Found","status":404}'],
    ['other', '<html><body>502 Bad Gateway</body></html>'],
    ['other', 'no healthy upstream'],
  ])('%s: %s', async (expected, body) => {
    expect((await answered(body)).bodyForm).toBe(expected);
  });
});

describe('nonsense is no crash', () => {
  it.each([
    'null',
    '0',
    '""',
    '"text"',
    '[]',
    '[[]]',
    '{}',
    '{"errors":null}',
    '{"errors":[null,1,"x",[]]}',
    '{"errors":{"a":null}}',
    '{"error":{}}',
    '{"error":[]}',
    '{"response":{}}',
    '{"response":null}',
    '{"errors":',
    '\u0000',
    '{"message":{"message":1}}',
  ])('%j', async (body) => {
    const error = await answered(body);
    expect(Array.isArray(error.errors)).toBe(true);
    expect(JSON.stringify(error)).toContain('500');
  });

  it('nor is any other JSON', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.constantFrom('errors', 'error', 'response', 'message', 'detail', 'title'),
        (value, key) => {
          for (const body of [value, { [key]: value }]) {
            for (const parse of [cloudFoundry, docspace, oracleEpm, veeam, generic]) {
              for (const { message } of parse(body)?.errors ?? []) expect(typeof message).toBe('string');
            }
          }
        },
      ),
    );
  });
});

it('the request’s id and the pause that was asked for come along', async () => {
  const headers = { 'x-vcap-request-id': 'mine::theirs', 'retry-after': '90' };
  const server = scriptedServer(() => new Response('', { status: 503, headers }));
  expect(await rejection(clientOf({ fetch: server.fetch }).poll())).toMatchObject({
    requestId: 'mine::theirs',
    retryAfterMs: 90_000,
  });
});
