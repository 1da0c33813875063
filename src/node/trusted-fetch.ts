import type * as Undici from 'undici';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { markNeverLeft } from '../errors/never-left.ts';
import { parseAuthorities } from './tls-authorities.ts';
import { guarded, handshakeOptions, type Trust } from './tls-connector.ts';
import { parseFingerprints } from './tls-fingerprint.ts';
import { chooseProxy, type ProxyChoice } from './trusted-proxy.ts';

export interface TrustedFetchOptions {
  /**
   * Certificate authorities that are trusted, PEM, **in place of** those of Node. A server that signs its own
   * certificate is its own authority. @default the authorities of Node, and `NODE_EXTRA_CA_CERTS`
   */
  readonly ca?: string | readonly string[];
  /**
   * SHA-256 of the server's own certificate, as `openssl x509 -noout -fingerprint -sha256` prints it: 64 hex digits, with
   * colons or without. Exactly this certificate is trusted then, whoever signed it, whatever name and date it bears.
   * Several while one is being replaced. Together with `ca`, both must hold. Only https is spoken with a pin.
   */
  readonly fingerprint256?: string | readonly string[];
  /**
   * An http or https proxy, through which a tunnel is made. 'from-environment': `HTTPS_PROXY` and `HTTP_PROXY` name it,
   * `NO_PROXY` the exceptions, in capitals or not. false: none. @default 'from-environment'
   */
  readonly proxy?: 'from-environment' | (string & {}) | false;
  /** Milliseconds until the first byte of an answer; 0 for no limit but the client's own. @default 0 */
  readonly headersTimeoutMs?: number;
}

/** `fetch`, for the option of that name of a client. */
export type TrustedFetch = (input: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` for servers with certificates of their own, for proxies, and for calls that block for hours: Node's own gives
 * up 300 s after the request (VM-11). Built on undici, which has to be installed beside this package.
 *
 * Certificates are always checked, also under `NODE_TLS_REJECT_UNAUTHORIZED=0`; only a pinned fingerprint takes the place
 * of the chain, and it is compared before a byte of the request is sent. Whatever fails until then is told to the client
 * as never sent. The certificate of an https proxy is checked against the authorities of Node.
 *
 * @example
 * const fetch = trustedFetch({ fingerprint256: '3A:1F:...' });
 * const veeam = new VeeamM365V6Client({ baseUrl, auth, fetch });
 * @throws {ConfigurationError} an option is wrong
 */
export function trustedFetch(options: TrustedFetchOptions = {}): TrustedFetch {
  const { ca, fingerprint256, headersTimeoutMs = 0 } = options;
  if (!(typeof headersTimeoutMs === 'number' && headersTimeoutMs >= 0 && Number.isFinite(headersTimeoutMs))) {
    throw new ConfigurationError('headersTimeoutMs', 'must be a number from 0.');
  }
  const trust: Trust = {
    ca: ca === undefined ? undefined : parseAuthorities(ca),
    pins: fingerprint256 === undefined ? [] : parseFingerprints(fingerprint256),
  };
  const proxy = chooseProxy(options.proxy);
  let ready: ReturnType<typeof prepare> | undefined;
  return async (input, init = {}) => {
    ready ??= prepare({ trust, proxy, headersTimeoutMs });
    const { undici, dispatcher } = await ready;
    const answer = await undici.fetch(input, { ...(init as Undici.RequestInit), dispatcher });
    return answer as unknown as Response;
  };
}

interface Settings {
  readonly trust: Trust;
  readonly proxy: ProxyChoice | undefined;
  readonly headersTimeoutMs: number;
}

/** undici is loaded when it is needed, since the rest of this entry point does without. */
async function prepare(settings: Settings) {
  try {
    const undici = await import('undici');
    return { undici, dispatcher: dispatcherOf(undici, settings) };
  } catch (cause) {
    const message = 'trustedFetch needs undici 6.21 or 7, an optional peer of restorekit: npm install undici@7';
    throw markNeverLeft(new Error(message, { cause }), message);
  }
}

function dispatcherOf(undici: typeof Undici, { trust, proxy, headersTimeoutMs }: Settings): Undici.Dispatcher {
  const handshake = handshakeOptions(trust);
  const common = {
    connect: undici.buildConnector(handshake),
    requestTls: handshake,
    proxyTls: { rejectUnauthorized: true },
    headersTimeout: headersTimeoutMs,
    bodyTimeout: 0,
    // Agents and proxies alike make the connections of an origin here, so nothing gets past the guard.
    factory: (origin: string | URL, given: object): Undici.Dispatcher => {
      const { connect } = given as { readonly connect?: unknown };
      if (typeof connect !== 'function') throw new TypeError('undici hands out no connector.');
      const { pins } = trust;
      return new undici.Pool(origin, { ...given, connect: guarded(connect as Undici.buildConnector.connector, pins) });
    },
  };
  if (proxy === undefined) return new undici.Agent(common);
  const { http = '', https = '', isFromEnvironment } = proxy;
  const exceptions = isFromEnvironment ? {} : { noProxy: '' };
  return new undici.EnvHttpProxyAgent({ ...common, httpProxy: http, httpsProxy: https, ...exceptions });
}
