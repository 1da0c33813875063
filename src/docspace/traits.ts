import type { paths } from '../../generated/docspace.d.ts';
import type { SystemTraits } from '../client/traits.ts';
import { apiRequest, type RequestMaker } from '../http/api-request.ts';
import { isFields, parseProblem, textOf, vendorError } from '../http/error-body.ts';
import type { ParsedErrorBody } from '../http/traits.ts';

/** A request of the portal, as a value. */
export const request: RequestMaker<paths> = apiRequest;

export const traits: SystemTraits = {
  accepts: ['docspace-api-key', 'bearer', 'basic'],
  strayPath: /\/api\/2\.0$/,
  cheapRead: { method: 'GET', path: '/api/2.0/settings' },
  parseErrorBody,
};

/**
 * `{ error: { message, type, stack }, statusCode }`, or the envelope of a success around a problem document (DS-19). A
 * refused model comes as a problem document of ASP.NET, with a list of fields.
 */
export function parseErrorBody(body: unknown): ParsedErrorBody | undefined {
  if (!isFields(body)) return undefined;
  if (isFields(body.response)) return { errors: parseProblem(body.response) };
  if (isFields(body.error)) {
    const { message, type, stack } = body.error;
    const error = vendorError(textOf(message) ?? textOf(type) ?? 'no reason given');
    return { errors: [error], serverTrace: textOf(stack) };
  }
  return isFields(body.errors) ? { errors: parseProblem(body) } : undefined;
}
