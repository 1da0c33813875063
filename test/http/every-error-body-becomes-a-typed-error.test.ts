import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../src/errors/api-error.ts';
import { AuthenticationError } from '../../src/errors/authentication-error.ts';
import { ConflictError } from '../../src/errors/conflict-error.ts';
import { NotFoundError } from '../../src/errors/not-found-error.ts';
import { PermissionError } from '../../src/errors/permission-error.ts';
import { RateLimitError } from '../../src/errors/rate-limit-error.ts';
import { ServerError } from '../../src/errors/server-error.ts';
import { ValidationError } from '../../src/errors/validation-error.ts';
import { parseErrorBody } from '../../src/http/error-body.ts';
import { clientOf } from './cloud-foundry-client.ts';
import { errorOf, fakeServer } from './fake-server.ts';

async function answered(body: string, contentType = 'application/json', status = 500): Promise<ApiError> {
  const server = fakeServer(
    () => new Response(body, { status, headers: contentType ? { 'content-type': contentType } : {} }),
  );
  const error = await errorOf(clientOf({ fetch: server.fetch }).poll());
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

describe('all that the five vendors send is understood', () => {
  const trace = '   at ASC.Web.Api.BackupController.StartRestore()';
  it.each<[string, string, string, object]>([
    [
      'Cloud Foundry',
      'application/json',
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
      'text/plain; charset=utf-8',
      '{"errors":[{"code":10013,"title":"CF-RateLimitExceeded","detail":"Rate Limit Exceeded"}]}',
      { errors: [{ message: 'Rate Limit Exceeded', title: 'CF-RateLimitExceeded', code: '10013' }] },
    ],
    [
      'a bare Cloud Foundry error',
      'application/json',
      '{"code":20004,"title":"CF-UaaUnavailable","detail":"The UAA service is currently unavailable"}',
      { errors: [{ message: 'The UAA service is currently unavailable', title: 'CF-UaaUnavailable', code: '20004' }] },
    ],
    [
      'OAuth',
      'application/json',
      '{"error":"invalid_token","error_description":"The token expired"}',
      { errors: [{ message: 'The token expired', title: 'invalid_token' }] },
    ],
    [
      'OAuth without a description',
      'application/json',
      '{"error":"unauthorized"}',
      { errors: [{ message: 'unauthorized' }] },
    ],
    [
      'Veeam',
      'application/json',
      '{"message":"Restore session has been stopped."}',
      { errors: [{ message: 'Restore session has been stopped.' }] },
    ],
    [
      'Oracle',
      'application/json',
      '{"statusCode":401,"status":"Unauthorized","message":"Invalid credentials","errorCode":-1}',
      { errors: [{ message: 'Invalid credentials', code: '-1' }] },
    ],
    [
      'Oracle with details',
      'application/json',
      '{"status":1,"details":"The backup does not exist"}',
      { errors: [{ message: 'The backup does not exist' }] },
    ],
    [
      'DocSpace, an exception',
      'application/json',
      JSON.stringify({
        error: { message: 'Access denied', type: 'System.Security.SecurityException', stack: trace, hresult: 1 },
        status: 1,
        statusCode: 403,
      }),
      { errors: [{ message: 'Access denied' }], serverTrace: trace },
    ],
    [
      'DocSpace, a refused model in a success envelope',
      'application/json',
      '{"response":{"title":"One or more validation errors occurred.","status":400,"errors":{"Name":["The Name field is required."]}},"status":1,"statusCode":400}',
      { errors: [{ message: 'Name: The Name field is required.', title: 'One or more validation errors occurred.' }] },
    ],
    [
      'DocSpace, a problem document',
      'application/problem+json',
      '{"type":"https://tools.ietf.org/html/rfc9110","title":"Forbidden","status":403,"traceId":"00-4b"}',
      { errors: [{ message: 'Forbidden' }] },
    ],
    ['DocSpace, an empty body', '', '', { errors: [] }],
    ['DocSpace, a proxy’s page', 'text/html', '<html><body>502 Bad Gateway</body></html>', { errors: [] }],
  ])('%s', async (_, contentType, body, expected) => {
    const error = await answered(body, contentType);
    expect({
      errors: error.errors,
      ...(error.serverTrace === undefined ? {} : { serverTrace: error.serverTrace }),
    }).toEqual(expected);
    for (const { message } of error.errors) expect(error.message).toContain(message);
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('BackupController');
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
            for (const { message } of parseErrorBody(body).errors) expect(typeof message).toBe('string');
          }
        },
      ),
    );
  });
});

it('the request’s id and the pause that was asked for come along', async () => {
  const headers = { 'x-vcap-request-id': 'mine::theirs', 'retry-after': '90' };
  const server = fakeServer(() => new Response('', { status: 503, headers }));
  expect(await errorOf(clientOf({ fetch: server.fetch }).poll())).toMatchObject({
    requestId: 'mine::theirs',
    retryAfterMs: 90_000,
  });
});
