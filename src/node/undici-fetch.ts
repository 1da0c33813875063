import type * as Undici from 'undici';
import { markNeverLeft } from '../errors/never-left.ts';
import { guarded, handshakeOptions } from './tls-connector.ts';
import type { TrustedFetch, TrustedFetchSettings } from './tls-trust.ts';

/** The `fetch` of undici with checked connections. */
export function undiciFetch(settings: TrustedFetchSettings): TrustedFetch {
  let ready: ReturnType<typeof prepare> | undefined;
  return async (input, init = {}) => {
    ready ??= prepare(settings);
    const { undici, dispatcher } = await ready;
    const answer = await undici.fetch(input, { ...(init as Undici.RequestInit), dispatcher });
    return answer as unknown as Response;
  };
}

/** undici is loaded when it is first needed, because the rest of this entry point works without it. */
async function prepare(settings: TrustedFetchSettings) {
  try {
    const undici = await import('undici');
    return { undici, dispatcher: dispatcherOf(undici, settings) };
  } catch (cause) {
    const message =
      'trustedFetch needs undici, an optional peer of restorekit, in a version that runs here: ' +
      'npm install undici (undici@7 before Node 22.19)';
    throw markNeverLeft(new Error(message, { cause }), message);
  }
}

function dispatcherOf(undici: typeof Undici, settings: TrustedFetchSettings): Undici.Dispatcher {
  const { trust, proxy, headersTimeoutMs } = settings;
  const handshake = handshakeOptions(trust);
  const common = {
    connect: undici.buildConnector(handshake),
    requestTls: handshake,
    proxyTls: { rejectUnauthorized: true },
    headersTimeout: headersTimeoutMs,
    bodyTimeout: 0,
    // Both agents and proxies make their connections here, so every connection is checked.
    factory: (origin: string | URL, options: object): Undici.Dispatcher => {
      const { connect } = options as { readonly connect?: unknown };
      if (typeof connect !== 'function') throw new TypeError('undici hands out no connector.');
      const { pins } = trust;
      return new undici.Pool(origin, {
        ...options,
        connect: guarded(connect as Undici.buildConnector.connector, pins),
      });
    },
  };
  if (proxy === undefined) return new undici.Agent(common);
  const { http = '', https = '', isFromEnvironment } = proxy;
  const exceptions = isFromEnvironment ? {} : { noProxy: '' };
  return new undici.EnvHttpProxyAgent({ ...common, httpProxy: http, httpsProxy: https, ...exceptions });
}
