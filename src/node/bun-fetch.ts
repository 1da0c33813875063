import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { markNeverLeft } from '../errors/never-left.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { notPinned, pinProblem } from './tls-fingerprint.ts';
import { shownAuthorities } from './tls-probe.ts';
import type { Trust, TrustedFetch, TrustedFetchSettings } from './tls-trust.ts';

/**
 * The options of Bun's `fetch` that are used here and are not standard: https://bun.com/docs/runtime/networking/fetch
 */
interface BunRequestInit extends RequestInit {
  readonly tls: {
    readonly rejectUnauthorized: true;
    readonly ca?: string[];
    readonly checkServerIdentity?: (host: string, certificate: PeerCertificate) => Error | undefined;
  };
  /** false: no proxy, even if the environment names one. */
  readonly proxy: string | false;
  /** false: no limit. Without this option, the limit is 300 s. */
  readonly timeout: false;
}

type Authorities = readonly string[] | undefined;

/**
 * The `fetch` of Bun with TLS options. Bun calls `checkServerIdentity` only if the certificate chain is valid, so the
 * chain is always checked. If only a fingerprint is set, the chain is checked against the authority that the server
 * itself sends. That proves nothing, but the fingerprint does.
 * @throws {ConfigurationError} Bun does not support the settings
 */
export function bunFetch(settings: TrustedFetchSettings): TrustedFetch {
  refuseImpossible(settings);
  const { trust, proxy } = settings;
  const isPinnedAlone = trust.pins.length > 0 && trust.ca === undefined;
  const shown = new Map<string, Authorities>();

  return async (input, init = {}) => {
    const url = new URL(input);
    if (trust.pins.length > 0 && url.protocol !== 'https:') {
      throw notPinned(`A certificate is pinned, and the connection to ${url.host} is not encrypted`);
    }
    if (isPinnedAlone && !shown.has(url.origin)) {
      shown.set(url.origin, await shownAuthorities(url, trust.pins, init.signal ?? undefined));
    }
    const ca = trust.ca ?? shown.get(url.origin);
    const checked: BunRequestInit = {
      ...init,
      tls: { rejectUnauthorized: true, ...omitUndefined({ ca: ca && [...ca] }), ...identityCheck(url, trust) },
      proxy: (url.protocol === 'https:' ? proxy?.https : proxy?.http) ?? false,
      timeout: false,
      // Every connection is checked. And Bun would repeat a PUT or DELETE if a kept connection turns out to be dead.
      keepalive: false,
      // Bun would follow a redirect to a server without encryption.
      ...(trust.pins.length > 0 && init.redirect !== 'error' ? { redirect: 'manual' } : {}),
    };
    try {
      return await fetch(url, checked);
    } catch (error) {
      shown.delete(url.origin);
      throw isPinnedAlone ? explained(error) : error;
    }
  };
}

function refuseImpossible({ trust, proxy, headersTimeoutMs }: TrustedFetchSettings): void {
  if (headersTimeoutMs !== 0) {
    throw new ConfigurationError('headersTimeoutMs', 'Bun has no such limit; use the requestTimeoutMs of the client.');
  }
  if (trust.pins.length > 0 && trust.ca === undefined && proxy !== undefined) {
    const advice = 'needs `ca` too if Bun uses a proxy: the certificate of the authority, PEM. Or set `proxy: false`.';
    throw new ConfigurationError('fingerprint256', advice);
  }
  const exceptions = process.env.no_proxy ?? process.env.NO_PROXY ?? '';
  if (proxy !== undefined && !proxy.isFromEnvironment && exceptions.trim() !== '') {
    throw new ConfigurationError(
      'proxy',
      'cannot be used in Bun while NO_PROXY is set, because Bun applies NO_PROXY to it. Unset NO_PROXY.',
    );
  }
}

function identityCheck(
  { hostname, port }: URL,
  { ca, pins }: Trust,
): Pick<BunRequestInit['tls'], 'checkServerIdentity'> {
  if (pins.length === 0) return {};
  return {
    checkServerIdentity: (host, certificate) => {
      const { fingerprint256 } = certificate;
      const problem = pinProblem(`${hostname}:${port || '443'}`, fingerprint256 as string | undefined, pins);
      if (problem !== undefined) return notPinned(problem);
      // Bun leaves the check of the host name to this function. With only a pin, any name is accepted.
      return ca === undefined ? undefined : checkServerIdentity(host, certificate);
    },
  };
}

/** Error codes of an invalid certificate chain. */
const CHAIN = /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|PATH_LENGTH_)/;

function explained(error: unknown): unknown {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (!(error instanceof Error) || typeof code !== 'string' || !CHAIN.test(code)) return error;
  return markNeverLeft(
    error,
    `${code}: Bun also checks the dates and the chain of a pinned certificate. Pass its authority as \`ca\`, or use Node`,
  );
}
