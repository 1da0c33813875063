import type { components } from '../../../generated/cloud-foundry.d.ts';
import { htmlAnswer, jsonAnswer } from '../answer.ts';
import type { CloudFoundryAnswerFault, CloudFoundryError } from './scenario.ts';

export function errorAnswer(status: number, ...errors: CloudFoundryError[]): Response {
  const body: components['schemas']['ErrorList'] = { errors };
  return jsonAnswer(body, { status });
}

export const notAuthenticated = () =>
  errorAnswer(401, { code: 10002, title: 'CF-NotAuthenticated', detail: 'Authentication error' });

export const invalidToken = () =>
  errorAnswer(401, { code: 1000, title: 'CF-InvalidAuthToken', detail: 'Invalid Auth Token' });

const forbidden = () =>
  errorAnswer(403, {
    code: 10003,
    title: 'CF-NotAuthorized',
    detail: 'You are not authorized to perform the requested action',
  });

/** The route is not known, other than a resource that is missing (CF-15). */
export const unknownRequest = () => errorAnswer(404, { code: 10000, title: 'CF-NotFound', detail: 'Unknown request' });

export const resourceNotFound = (resource: string) =>
  errorAnswer(404, { code: 10010, title: 'CF-ResourceNotFound', detail: `${resource} not found` });

export const badQuery = (detail: string) =>
  errorAnswer(400, { code: 10005, title: 'CF-BadQueryParameter', detail: `The query parameter is invalid: ${detail}` });

export const unprocessable = (...details: string[]) =>
  errorAnswer(422, ...details.map((detail) => ({ code: 10008, title: 'CF-UnprocessableEntity', detail })));

/** The same condition has several answers (CF-14). */
export function busy(kind: 'conflict' | 'unprocessable' | 'broker', name: string): Response {
  if (kind === 'unprocessable') return unprocessable('There is an operation in progress for the service instance.');
  if (kind === 'broker') {
    return errorAnswer(422, {
      code: 270018,
      title: 'CF-ServiceBrokerConcurrencyError',
      detail: 'The service broker could not perform this operation in parallel with other running operations',
    });
  }
  return errorAnswer(409, {
    code: 60016,
    title: 'CF-AsyncServiceInstanceOperationInProgress',
    detail: `An operation for service instance ${name} is in progress.`,
  });
}

/** An operation on a binding of the instance runs. */
export function bindingBusy(app: string, name: string): Response {
  return errorAnswer(409, {
    code: 90008,
    title: 'CF-AsyncServiceBindingOperationInProgress',
    detail: `An operation for the service binding between app ${app} and service instance ${name} is in progress.`,
  });
}

export function faultAnswer(kind: CloudFoundryAnswerFault['kind']): Response {
  switch (kind) {
    case 'invalid-token':
      return invalidToken();
    case 'forbidden':
      return forbidden();
    case 'uaa-down': {
      const error = { code: 20004, title: 'CF-UaaUnavailable', detail: 'The UAA service is currently unavailable' };
      // The server misspells the header's name, so none arrives (CF-17); bytes keep fetch from adding its own.
      return new Response(new TextEncoder().encode(JSON.stringify({ errors: [error] })), { status: 502 });
    }
    case 'bad-gateway-page':
      return htmlAnswer('502 Bad Gateway: Registered endpoint failed to handle the request.', 502);
    case 'bad-gateway-bare':
      return jsonAnswer(
        { code: 10001, title: 'CF-ServiceBrokerBadResponse', detail: 'The broker is not there' },
        { status: 502 },
      );
    case 'unknown-error':
      return errorAnswer(500, { code: 10001, title: 'UnknownError', detail: 'An unknown error occurred.' });
    case 'database-down':
      return errorAnswer(503, { code: 10015, title: 'CF-ServiceUnavailable', detail: 'Database connection failure' });
    case 'router-404':
      return new Response('404 Not Found: Requested route does not exist.\n', {
        status: 404,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
      });
  }
}
