import type { SystemTraits } from '../client/traits.ts';
import { isFields, textOf, vendorError } from '../http/error-body.ts';
import type { ParsedErrorBody } from '../http/traits.ts';
import { type ApiVersion, isSince } from './api-version.ts';
import { ANTIFORGERY, WITHOUT_COOKIES } from './token-grants.ts';

/** The HTTP of one version of the REST API. */
export function traitsOf(version: ApiVersion): SystemTraits {
  let wantsNoCookies = isSince(version, 'v7');
  return {
    accepts: ['veeam-password', 'veeam-tenant', 'veeam-restore-operator', 'bearer'],
    // Without it, the server keeps a token in cookies and wants it back (VM-27). v5 has no such field.
    tokenFields: () => (wantsNoCookies ? WITHOUT_COOKIES : {}),
    // A server of today may want the same of v6. A login that says so makes the call good.
    isExpiredToken: ({ status, text }) => {
      if (version === 'v5' || status < 400 || !ANTIFORGERY.test(text)) return false;
      wantsNoCookies = true;
      return true;
    },
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
