import type { paths } from '../../generated/docspace.d.ts';
import type { SystemTraits } from '../client/traits.ts';
import { apiRequest, type RequestMaker } from '../http/api-request.ts';
import { isFields, parseProblem, textOf, vendorError } from '../http/error-body.ts';
import type { ParsedErrorBody } from '../http/traits.ts';
import { toStatusCode } from '../protocols/status-code.ts';

/** A request of the portal, as a value. */
export const request: RequestMaker<paths> = apiRequest;

export const traits: SystemTraits = {
  accepts: ['docspace-api-key', 'docspace-token', 'docspace-password', 'docspace-oauth', 'bearer', 'basic'],
  strayPath: /\/api\/2\.0$/,
  cheapRead: { method: 'GET', path: '/api/2.0/settings' },
  parseErrorBody,
};

/**
 * Reads an error in the server's own forms: the envelope around an exception (`{ error: { message, type, stack },
 * status: 1, statusCode }`) or around a problem document (DS-19), and a problem document with a `traceId`, which a
 * filter of the server sends. The same without `statusCode` and `traceId` comes from a gateway.
 */
export function parseErrorBody(body: unknown): ParsedErrorBody | undefined {
  if (!isFields(body)) return undefined;
  if (toStatusCode(body.statusCode) === undefined) {
    return textOf(body.traceId) && textOf(body.title) ? { errors: parseProblem(body) } : undefined;
  }
  if (isFields(body.response)) return { errors: parseProblem(body.response) };
  if (!isFields(body.error)) return undefined;
  const { message, type, stack } = body.error;
  const error = vendorError(textOf(message) ?? textOf(type) ?? 'no reason given');
  return { errors: [error], serverTrace: textOf(stack) };
}
