import { ConfigurationError } from '../errors/configuration-error.ts';

/** Proxies by the scheme of the requested URL; undefined for none. */
export interface ProxyChoice {
  readonly http: string | undefined;
  readonly https: string | undefined;
  /** Whether `NO_PROXY` applies. */
  readonly isFromEnvironment: boolean;
}

/**
 * @throws {ConfigurationError} the address is wrong; the error names its source, but not the address, which may
 *   hold a password
 */
export function chooseProxy(proxy: unknown): ProxyChoice | undefined {
  if (proxy === false) return undefined;
  if (proxy === undefined || proxy === 'from-environment') {
    const http = read('http_proxy', 'HTTP_PROXY');
    const https = read('https_proxy', 'HTTPS_PROXY') ?? http;
    return http === undefined && https === undefined ? undefined : { http, https, isFromEnvironment: true };
  }
  const url = toProxyUrl(proxy, 'proxy');
  return { http: url, https: url, isFromEnvironment: false };
}

/** The name in lower case comes first, as in other tools. */
function read(...names: readonly string[]): string | undefined {
  const name = names.find((each) => process.env[each] !== undefined);
  const value = name === undefined ? '' : (process.env[name] ?? '');
  return name === undefined || value.trim() === '' ? undefined : toProxyUrl(value, `proxy (${name})`);
}

function toProxyUrl(value: unknown, field: string): string {
  const text = typeof value === 'string' ? value.trim() : '';
  // Many people set the variable to an address without a scheme, such as `proxy.example.org:3128`.
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || text === '' ? text : `http://${text}`;
  if (!URL.canParse(full) || !/^https?:$/.test(new URL(full).protocol)) {
    throw new ConfigurationError(field, "must be an http or https URL, 'from-environment' or false.");
  }
  const { username, password } = new URL(full);
  if (![username, password].every(isDecodable)) {
    throw new ConfigurationError(field, 'holds credentials with a % that is not %25.');
  }
  return full;
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}
