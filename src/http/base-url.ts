import { ConfigurationError } from '../errors/configuration-error.ts';

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads a base URL and removes trailing slashes. Plain http is allowed for loopback addresses, otherwise only with
 * `allowInsecureHttp`.
 */
export function parseBaseUrl(field: string, value: unknown, allowInsecureHttp: boolean): URL {
  const url = typeof value === 'string' && URL.canParse(value.trim()) ? new URL(value.trim()) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ConfigurationError(field, 'must be an absolute URL such as https://host.example.com.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConfigurationError(field, 'must not hold credentials; pass them as `auth`.');
  }
  if (!isSecure(url) && !allowInsecureHttp) {
    throw new ConfigurationError(field, 'is plain http; use https, or set `allowInsecureHttp: true` if you must.');
  }
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

export function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || LOOPBACK.test(url.hostname);
}

/** The URL without a trailing slash, also if the path is empty. */
export function withoutTrailingSlash(url: URL): string {
  return url.href.replace(/\/+$/, '');
}
