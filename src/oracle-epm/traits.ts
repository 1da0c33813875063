import type { paths } from '../../generated/oracle-epm.d.ts';
import type { SystemTraits } from '../client/traits.ts';
import { apiRequest, type RequestMaker } from '../http/api-request.ts';
import { isFields, textOf, vendorError } from '../http/error-body.ts';
import type { ParsedErrorBody } from '../http/traits.ts';
import { isEnvelope } from './envelope.ts';

/** A request of the environment's REST APIs, as a value. */
export const request: RequestMaker<paths> = apiRequest;

export const traits: SystemTraits = {
  accepts: ['basic', 'bearer', 'epm-oauth', 'epm-jwt-assertion'],
  // People often use the address of a page of the web interface, or that of a call (OE-24).
  strayPath: /\/(?:(?:epmcloud|hyperionplanning)(?:\/.*)?|workspace(?:\/[^/]*)?|interop(?:\/rest(?:\/.*)?)?)$/i,
  cheapRead: { method: 'GET', path: '/interop/rest/' },
  parseErrorBody,
};

/**
 * Reads an error in the API's own form: a status with `details`, or `{ errorCode | code, message | localizedMessage }`.
 * A body with an HTTP status and no other field of a job comes from something in front of the API.
 */
export function parseErrorBody(body: unknown): ParsedErrorBody | undefined {
  if (!isFields(body)) return undefined;
  const message = textOf(body.details) ?? textOf(body.localizedMessage) ?? textOf(body.message);
  const code = body.errorCode ?? body.code ?? (isEnvelope(body) ? body.status : undefined);
  const isOwn = isEnvelope(body) || body.errorCode !== undefined || body.localizedMessage !== undefined;
  return isOwn ? { errors: message === undefined ? [] : [vendorError(message, { code })] } : undefined;
}
