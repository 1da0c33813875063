import type { Auth } from '../auth/auth.ts';
import type { Clock } from '../clock/clock.ts';
import type { CallOptions as TransportCallOptions } from '../http/call.ts';
import type { HttpEvent } from '../http/events.ts';
import type { OperationEvent } from '../operation/events.ts';

/** Everything a client tells about what it does. Secrets are removed. */
export type ClientEvent = HttpEvent | OperationEvent;

export interface ClientOptions {
  /** Where the system is, such as `https://api.example.org`. A gateway's prefix is kept. */
  readonly baseUrl: string;
  /** Made by `basicAuth`, `bearerToken`, or a maker of the system's own, whose client says which it accepts. */
  readonly auth: Auth;
  /**
   * A function with the signature of the standard `fetch`; called with a URL as text. Declared as a method, so that one
   * which takes only such a URL fits too. @default globalThis.fetch
   */
  fetch?(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Sent with every request to `baseUrl`, for gateways. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds for one request. @default 30 s for reads, 5 min for start calls, none for calls that answer when all is done */
  readonly requestTimeoutMs?: number;
  /** Allows a `baseUrl` with plain http; loopback needs no leave. @default false */
  readonly allowInsecureHttp?: boolean;
  /** @default restorekit/<version> */
  readonly userAgent?: string;
  /** @default the system's clock */
  readonly clock?: Clock;
  readonly onEvent?: (event: ClientEvent) => void;
  /**
   * How often a start is sent again that provably never left: name not found, connection refused, certificate refused.
   * No other failure of a start is ever followed by another one. @default 0
   */
  readonly retryUnsentStarts?: number;
  /** Requests of this client in flight at once; the blocking restores do not count. @default 64 */
  readonly maxInFlight?: number;
}

/** The last argument of every call. */
export interface CallOptions extends TransportCallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for this request; for lists, for each page. */
  readonly requestTimeoutMs?: number;
}
