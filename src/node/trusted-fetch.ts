import { ConfigurationError } from '../errors/configuration-error.ts';
import { bunFetch } from './bun-fetch.ts';
import { parseAuthorities } from './tls-authorities.ts';
import { parseFingerprints } from './tls-fingerprint.ts';
import type { TrustedFetch } from './tls-trust.ts';
import { chooseProxy } from './trusted-proxy.ts';
import { undiciFetch } from './undici-fetch.ts';

export interface TrustedFetchOptions {
  /**
   * Certificate authorities that are trusted, PEM, **in place of** those of Node. A server that signs its own
   * certificate is its own authority. @default the authorities of Node, and `NODE_EXTRA_CA_CERTS`
   */
  readonly ca?: string | readonly string[] | undefined;
  /**
   * SHA-256 of the server's own certificate, as `openssl x509 -noout -fingerprint -sha256` prints it: 64 hex digits, with
   * colons or without. Exactly this certificate is trusted then, whoever signed it, whatever name and date it bears.
   * Several while one is being replaced. Together with `ca`, both must hold. Only https is spoken with a pin.
   */
  readonly fingerprint256?: string | readonly string[] | undefined;
  /**
   * An http or https proxy, through which a tunnel is made. 'from-environment': `HTTPS_PROXY` and `HTTP_PROXY` name it,
   * `NO_PROXY` the exceptions, in capitals or not. false: none. @default 'from-environment'
   */
  readonly proxy?: 'from-environment' | (string & {}) | false | undefined;
  /** Milliseconds until the first byte of an answer; 0 for no limit but the client's own. @default 0 */
  readonly headersTimeoutMs?: number | undefined;
}

/**
 * A `fetch` for servers with certificates of their own, for proxies, and for calls that block for hours: Node's own gives
 * up 300 s after the request. On Node and Deno it is built on undici, which has to be installed beside this
 * package (`npm install undici`; undici 8 needs Node 22.19, undici 7 needs Node 20.18.1).
 *
 * On Bun it is built on Bun's own `fetch`. What Bun cannot do is refused: `headersTimeoutMs`, a fingerprint without `ca`
 * behind a proxy, a named proxy while `NO_PROXY` is set. Bun checks the dates of a pinned certificate and the chain that
 * the server shows, so a pinned certificate whose authority is unknown needs `ca` too.
 *
 * Certificates are always checked, also under `NODE_TLS_REJECT_UNAUTHORIZED=0`; only a pinned fingerprint takes the place
 * of the chain, and it is compared before a byte of the request is sent. Whatever fails until then is told to the client
 * as never sent. The certificate of an https proxy is checked against the authorities of Node.
 *
 * @example
 * const fetch = trustedFetch({ fingerprint256: '3A:1F:...' });
 * const client = new Client({ baseUrl, auth, fetch }); // that of any system
 * @throws {ConfigurationError} an option is wrong, or this runtime cannot do what it says
 */
export function trustedFetch(options: TrustedFetchOptions = {}): TrustedFetch {
  const { ca, fingerprint256, headersTimeoutMs = 0 } = options;
  if (!(typeof headersTimeoutMs === 'number' && headersTimeoutMs >= 0 && Number.isFinite(headersTimeoutMs))) {
    throw new ConfigurationError('headersTimeoutMs', 'must be a number from 0.');
  }
  const trust = {
    ca: ca === undefined ? undefined : parseAuthorities(ca),
    pins: fingerprint256 === undefined ? [] : parseFingerprints(fingerprint256),
  };
  const proxy = chooseProxy(options.proxy);
  // Bun puts a stub in the place of undici, which ignores every dispatcher and so every option given here.
  const make = process.versions.bun === undefined ? undiciFetch : bunFetch;
  return make({ trust, proxy, headersTimeoutMs });
}
