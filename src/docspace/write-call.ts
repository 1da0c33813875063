import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { ApiError } from '../errors/api-error.ts';
import { WriteOutcomeUnknownError } from '../errors/write-outcome-unknown-error.ts';
import { type ApiRequest, urlOf } from '../http/api-request.ts';
import { contentOf, refuseErrorEnvelope } from './envelope.ts';
import { withExplainedRefusal } from './explain-refusal.ts';

/**
 * Sends a request that changes something, once, and returns the content of the answer.
 * @throws {WriteOutcomeUnknownError} the answer was lost, or a 2xx is not in the form of the API
 */
export function writeCall(system: System, request: ApiRequest, options: CallOptions): Promise<unknown> {
  return withExplainedRefusal(system, sendWrite(system, request, options), options);
}

async function sendWrite(system: System, request: ApiRequest, options: CallOptions): Promise<unknown> {
  const answer = await system.write(request, options);
  try {
    const body = system.transport.json(answer);
    refuseErrorEnvelope(body, system.transport.redactor);
    return contentOf(body);
  } catch (error) {
    // The envelope of a 2xx may refuse the request. A page of a proxy says nothing.
    if (ApiError.isInstance(error) && error.status < 500) throw error;
    const path = urlOf(request, '').replace(/\?.*$/, '');
    const message = `It is not known whether ${request.method} ${path} was carried out. ${(error as Error).message}`;
    throw new WriteOutcomeUnknownError(message, { method: request.method, path, cause: error });
  }
}
