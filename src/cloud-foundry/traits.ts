import type { paths } from '../../generated/cloud-foundry.d.ts';
import type { SystemTraits } from '../client/traits.ts';
import type { VendorError } from '../errors/api-error.ts';
import { apiRequest, type RequestMaker } from '../http/api-request.ts';
import { isFields, MOST_ERRORS, textOf, vendorError } from '../http/error-body.ts';
import type { ParsedErrorBody } from '../http/traits.ts';
import { rateLimitResetMs } from './rate-limit.ts';

/** A request of the Cloud Controller, as a value. */
export const request: RequestMaker<paths> = apiRequest;

/**
 * Old Cloud Controllers answer an expired token with 429 and this code
 * (https://github.com/cloudfoundry/cli/issues/1582).
 */
const EXPIRED_TOKEN = '10014';

export const traits: SystemTraits = {
  accepts: [
    'uaa-password',
    'uaa-client-credentials',
    'uaa-passcode',
    'uaa-jwt-bearer',
    'uaa-client-assertion',
    'cf-cli',
    'bearer',
  ],
  strayPath: /\/v3$/,
  cheapRead: { method: 'GET', path: '/v3/organizations', params: { query: { per_page: 1 } } },
  parseErrorBody,
  requestIdHeaders: ['x-vcap-request-id'],
  rateLimitResetMs,
  isExpiredToken: ({ status, body }) =>
    status === 429 && parseErrorBody(body)?.errors.some(({ code }) => code === EXPIRED_TOKEN) === true,
};

/**
 * Reads `{ errors: [{ code, title, detail }] }`. Some answers hold one error without the list (CF-17).
 * @see https://v3-apidocs.cloudfoundry.org/#errors
 */
export function parseErrorBody(body: unknown): ParsedErrorBody | undefined {
  if (!isFields(body)) return undefined;
  if (Array.isArray(body.errors)) {
    const errors = body.errors.slice(0, MOST_ERRORS).flatMap((error) => toError(error) ?? []);
    return errors.length > 0 ? { errors } : undefined;
  }
  const single = toError(body);
  return single && { errors: [single] };
}

/** Codes of the Cloud Controller are larger than any HTTP status. Gateways send the HTTP status as a code. */
const LEAST_CODE = 1_000;

/**
 * Reads an error in the API's own form: its title begins with `CF-`, or it has a code of the API, like `UnknownError`.
 */
function toError(error: unknown): VendorError | undefined {
  if (!isFields(error)) return undefined;
  const title = textOf(error.title);
  if (title === undefined) return undefined;
  const hasOwnCode = typeof error.code === 'number' && error.code >= LEAST_CODE && textOf(error.detail) !== undefined;
  const isOwn = title.startsWith('CF-') || hasOwnCode;
  return isOwn ? vendorError(textOf(error.detail) ?? title, { title, code: error.code }) : undefined;
}
