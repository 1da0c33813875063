import type { AuthContext } from '../auth/auth.ts';
import { base64 } from '../auth/base64.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { parseBaseUrl } from '../http/base-url.ts';

/** What people copy with the address of an identity domain: paths of its console, its API and its metadata. */
const STRAY_PATH =
  /\/(?:oauth2\/v1(?:\/(?:token|device|authorize))?|ui\/v1(?:\/[\w-]+)*|admin\/v1(?:\/[\w-]+)*|fed\/v1(?:\/[\w-]+)*|sso\/v1(?:\/[\w-]+)*|\.well-known\/[\w-]+)$/i;
const VENDOR_HOST = /\.identity\.[\w.-]*oraclecloud\.com$/i;
const ENVIRONMENT_HOST = /\.(?:epm|ocs)\.[\w.-]*oraclecloud\.com$|\.(?:pbcs|epm)\.[\w-]+\.oraclecloud\.com$/i;

/**
 * Checks the address of an identity domain (IDCS, or OCI IAM). A text without a scheme means https. The paths that
 * people copy with it are removed.
 * @returns the URL without a trailing slash
 * @throws {ConfigurationError} it is no address, or that of an EPM environment
 */
export function parseIdcsUrl(value: unknown): string {
  const given = typeof value === 'string' ? value.trim() : '';
  const url = parseBaseUrl('auth.idcsUrl', /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `https://${given}`, false);
  if (ENVIRONMENT_HOST.test(url.hostname)) {
    throw new ConfigurationError(
      'auth.idcsUrl',
      'is the address of an EPM environment. The identity domain has another one, such as https://idcs-0123456789abcdef.identity.oraclecloud.com; the domain administrator knows it.',
    );
  }
  // The vendor's own host serves the domain at its root. Another host may be a gateway with a prefix.
  const path = VENDOR_HOST.test(url.hostname) ? '' : url.pathname.replace(STRAY_PATH, '').replace(/\/$/, '');
  return `${url.origin}${path}`;
}

export const tokenUrlOf = (idcsUrl: string) => `${idcsUrl}/oauth2/v1/token`;
export const deviceUrlOf = (idcsUrl: string) => `${idcsUrl}/oauth2/v1/device`;

/** How a client proves itself: a confidential one with Basic, a public one with its id in the form. */
export function clientParts(
  clientId: string,
  clientSecret: string | undefined,
  context: AuthContext,
): { readonly headers: Readonly<Record<string, string>>; readonly fields: Readonly<Record<string, string>> } {
  if (clientSecret === undefined) return { headers: {}, fields: { client_id: clientId } };
  const basic = base64(`${clientId}:${clientSecret}`);
  context.keepSecret(basic);
  return { headers: { authorization: `Basic ${basic}` }, fields: {} };
}

/** The record of a login in a token store, if the caller gives it no name. */
export function recordName(idcsUrl: string, clientId: string): string {
  return `${new URL(idcsUrl).host}/${encodeURIComponent(clientId)}`;
}
