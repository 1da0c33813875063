import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { bunFetch } from './bun-fetch.ts';
import { parseAuthorities } from './tls-authorities.ts';
import { parseFingerprints } from './tls-fingerprint.ts';
import type { TrustedFetch } from './tls-trust.ts';
import { chooseProxy } from './trusted-proxy.ts';
import { undiciFetch } from './undici-fetch.ts';

export interface TrustedFetchOptions {
  /**
   * Trusted certificate authorities in PEM, **instead of** those of Node. A self-signed certificate is its own authority.
   * @default the authorities of Node, and `NODE_EXTRA_CA_CERTS`
   */
  readonly ca?: string | readonly string[] | undefined;
  /**
   * SHA-256 fingerprint of the server's own certificate, as `openssl x509 -noout -fingerprint -sha256` prints it: 64
   * hex digits, with or without colons. Then exactly this certificate is trusted, with any issuer, name and date. Pass
   * several while a certificate is being replaced. Together with `ca`, both checks must pass. With a fingerprint, only
   * https is allowed.
   */
  readonly fingerprint256?: string | readonly string[] | undefined;
  /**
   * An http or https proxy that tunnels the connections. With 'from-environment', `HTTPS_PROXY` and `HTTP_PROXY` name
   * it and `NO_PROXY` names the exceptions, in upper or lower case. false: no proxy. @default 'from-environment'
   */
  readonly proxy?: 'from-environment' | (string & {}) | false | undefined;
  /** Milliseconds until the first byte of an answer. 0: only the timeout of the client holds. @default 0 */
  readonly headersTimeoutMs?: number | undefined;
}

/**
 * A `fetch` for servers with self-signed or private certificates, for proxies, and for calls that block for hours
 * (Node's own `fetch` gives up after 300 s). On Node and Deno it needs undici as an additional package (`npm
 * install undici`; undici 8 needs Node 22.19, undici 7 needs Node 20.18.1).
 *
 * On Bun it uses Bun's own `fetch`. Options that Bun cannot support are refused: `headersTimeoutMs`, a fingerprint
 * without `ca` behind a proxy, and a named proxy while `NO_PROXY` is set. Bun also checks the dates and the chain of
 * a pinned certificate, so a pinned certificate with an unknown authority needs `ca` too.
 *
 * Certificates are always checked, even with `NODE_TLS_REJECT_UNAUTHORIZED=0`. Only a pinned fingerprint replaces the
 * check of the chain, and it is compared before a byte of the request is sent. If the connection fails before that,
 * the client knows that nothing was sent. The certificate of an https proxy is checked against the authorities of
 * Node.
 *
 * @example
 * const fetch = trustedFetch({ fingerprint256: '3A:1F:...' });
 * const client = new Client({ baseUrl, auth, fetch }); // that of any system
 * @throws {ConfigurationError} an option is wrong, or this runtime does not support it
 */
export function trustedFetch(options: TrustedFetchOptions = {}): TrustedFetch {
  refuseUnknown(options, ['ca', 'fingerprint256', 'proxy', 'headersTimeoutMs']);
  const { ca, fingerprint256, headersTimeoutMs = 0 } = options;
  if (!(typeof headersTimeoutMs === 'number' && headersTimeoutMs >= 0 && Number.isFinite(headersTimeoutMs))) {
    throw new ConfigurationError('headersTimeoutMs', 'must be a number, 0 or more.');
  }
  const trust = {
    ca: ca === undefined ? undefined : parseAuthorities(ca),
    pins: fingerprint256 === undefined ? [] : parseFingerprints(fingerprint256),
  };
  const proxy = chooseProxy(options.proxy);
  // Bun replaces undici by a stub that ignores dispatchers, and with them all options.
  const make = process.versions.bun === undefined ? undiciFetch : bunFetch;
  return make({ trust, proxy, headersTimeoutMs });
}
