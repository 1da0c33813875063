import type { ProxyChoice } from './trusted-proxy.ts';

/** How a server is authenticated. */
export interface Trust {
  /** Authorities in PEM, which replace those of the runtime. */
  readonly ca: readonly string[] | undefined;
  /** Fingerprints of leaf certificates, as `parseFingerprints` returns them. */
  readonly pins: readonly string[];
}

/** The checked options of a trusted fetch. */
export interface TrustedFetchSettings {
  readonly trust: Trust;
  readonly proxy: ProxyChoice | undefined;
  readonly headersTimeoutMs: number;
}

/** A `fetch` for the option `fetch` of a client. */
export type TrustedFetch = (input: string | URL, init?: RequestInit) => Promise<Response>;
