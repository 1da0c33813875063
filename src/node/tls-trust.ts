import type { ProxyChoice } from './trusted-proxy.ts';

/** What a server is trusted by. */
export interface Trust {
  /** PEM; in place of the authorities of the runtime. */
  readonly ca: readonly string[] | undefined;
  /** Fingerprints of leaf certificates, as `parseFingerprints` answers them. */
  readonly pins: readonly string[];
}

/** What a trusted fetch is made of, checked. */
export interface TrustedFetchSettings {
  readonly trust: Trust;
  readonly proxy: ProxyChoice | undefined;
  readonly headersTimeoutMs: number;
}

/** `fetch`, for the option of that name of a client. */
export type TrustedFetch = (input: string | URL, init?: RequestInit) => Promise<Response>;
