import type { SystemTraits } from '../client/traits.ts';
import { isFields, textOf, vendorError } from '../http/error-body.ts';
import type { ParsedErrorBody } from '../http/traits.ts';

/** What all versions of the REST API have in common in HTTP. */
export function traitsOf(version: string): SystemTraits {
  return {
    accepts: ['veeam-password', 'bearer'],
    tokenPath: `/${version}/token`,
    strayPath: /\/v[0-9]+$/,
    cheapRead: { method: 'GET', path: `/${version}/ServiceInstance` },
    parseErrorBody,
  };
}

const OWN_FIELDS = new Set(['message', 'Message', 'errorCode', 'stackTrace', 'error', 'error_description']);

/** `{ message, errorCode?, stackTrace? }`, with a capital `Message` on some; OAuth errors of the token endpoint. */
export function parseErrorBody(body: unknown): ParsedErrorBody | undefined {
  if (!isFields(body) || Object.keys(body).some((name) => !OWN_FIELDS.has(name))) return undefined;
  const message = textOf(body.message) ?? textOf(body.Message);
  const told = textOf(body.error_description) ?? textOf(body.error);
  if (message === undefined && told === undefined) return undefined;
  const error =
    message === undefined
      ? vendorError(told ?? '', { title: textOf(body.error) })
      : vendorError(message, { code: body.errorCode });
  return { errors: [error], serverTrace: textOf(body.stackTrace) };
}
