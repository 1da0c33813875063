import type { AuthKind } from '../auth/auth.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalAbove0, optionalFunctions, optionalWhole, requireFields } from '../errors/require.ts';
import { parseBaseUrl } from '../http/base-url.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { ClientOptions } from './client-options.ts';

const NAMES = [
  'baseUrl',
  'auth',
  'fetch',
  'headers',
  'requestTimeoutMs',
  'allowInsecureHttp',
  'userAgent',
  'clock',
  'onEvent',
  'retryUnsentStarts',
  'maxInFlight',
] as const satisfies readonly (keyof ClientOptions)[];

/** @throws {ConfigurationError} names the option that is wrong */
export function checkOptions(options: ClientOptions, accepts: readonly AuthKind[]): { readonly baseUrl: URL } {
  requireFields('options', options, '{ baseUrl, auth }');
  refuseUnknown(options, NAMES);
  const baseUrl = parseBaseUrl('baseUrl', options.baseUrl, options.allowInsecureHttp === true);
  const { auth } = options;
  if (typeof auth !== 'object' || auth === null || typeof auth.open !== 'function') {
    throw new ConfigurationError('auth', 'must be made by an auth function, such as basicAuth({ ... }).');
  }
  if (!accepts.includes(auth.kind)) {
    throw new ConfigurationError(
      'auth',
      `of the kind '${auth.kind}' does not fit this system; it takes ${accepts.join(', ')}.`,
    );
  }
  optionalFunctions(options, 'fetch', 'onEvent');
  if (options.fetch === undefined && typeof globalThis.fetch !== 'function') {
    throw new ConfigurationError('fetch', 'is required, because this platform has no `fetch` of its own.');
  }
  optionalAbove0('requestTimeoutMs', options.requestTimeoutMs);
  optionalAbove0('maxInFlight', options.maxInFlight);
  optionalWhole('retryUnsentStarts', options.retryUnsentStarts, 0);
  checkHeaders(options.headers, options.userAgent);
  const { clock } = options;
  if (clock !== undefined && (typeof clock.now !== 'function' || typeof clock.sleep !== 'function')) {
    throw new ConfigurationError('clock', 'must have now() and sleep(ms, signal).');
  }
  return { baseUrl };
}

function checkHeaders(headers: Readonly<Record<string, string>> | undefined, userAgent: string | undefined): void {
  for (const [name, value] of Object.entries({
    ...headers,
    ...omitUndefined({ 'user-agent': userAgent }),
  })) {
    const field = name === 'user-agent' ? 'userAgent' : `headers.${name}`;
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) throw new ConfigurationError(field, 'is not a header name.');
    if (name.toLowerCase() === 'authorization') throw new ConfigurationError(field, 'is set by `auth`.');
    if (typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw new ConfigurationError(field, 'holds a value that cannot stand in a header.');
    }
  }
}
