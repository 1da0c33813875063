import { ConfigurationError } from '../errors/configuration-error.ts';

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Scheme, host and path of a system; trailing slashes removed. Plain http needs an opt-in, except on loopback. */
export function parseBaseUrl(field: string, value: unknown, allowInsecureHttp: boolean): URL {
  const url = typeof value === 'string' && URL.canParse(value.trim()) ? new URL(value.trim()) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ConfigurationError(field, 'must be an absolute URL such as https://host.example.com.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new ConfigurationError(field, 'must not hold credentials; give them as `auth`.');
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

/** Without a trailing slash, also where the path is empty. */
export function withoutTrailingSlash(url: URL): string {
  return url.href.replace(/\/+$/, '');
}
