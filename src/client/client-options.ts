import type { Auth } from '../auth/auth.ts';
import type { Clock } from '../clock/clock.ts';
import type { CallOptions as TransportCallOptions } from '../http/call.ts';
import type { HttpEvent } from '../http/events.ts';
import type { OperationEvent } from '../operation/events.ts';

/** Events of a client: its requests and its operations. Secrets are removed. */
export type ClientEvent = HttpEvent | OperationEvent;

export interface ClientOptions {
  /** URL of the system, such as `https://api.example.org`. A path prefix of a gateway is kept. */
  readonly baseUrl: string;
  /** Made by `basicAuth`, `bearerToken` or an auth function of the system. Each client says which it accepts. */
  readonly auth: Auth;
  /**
   * A function with the signature of the standard `fetch`. It is called with the URL as a string. It is declared as a
   * method, so that a function that takes only a string fits too. @default globalThis.fetch
   */
  fetch?(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  /** Headers for a gateway. They are sent with every request to `baseUrl`. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Timeout of one request in milliseconds. @default 30 s for reads, 5 min for start calls, none for calls that answer
   * only when the restore has ended
   */
  readonly requestTimeoutMs?: number;
  /** Allows a `baseUrl` with plain http. Loopback addresses are always allowed. @default false */
  readonly allowInsecureHttp?: boolean;
  /** @default restorekit/<version> */
  readonly userAgent?: string;
  /** The source of time, for tests. @default the system clock */
  readonly clock?: Clock;
  readonly onEvent?: (event: ClientEvent) => void;
  /**
   * How often a start is sent again if it certainly was not sent: host name not found, connection refused, certificate
   * refused. After any other failure a start is never sent again. @default 0
   */
  readonly retryUnsentStarts?: number;
  /** The most requests that this client has in flight at once. Blocking restores do not count. @default 64 */
  readonly maxInFlight?: number;
}

/** The last argument of every call. */
export interface CallOptions extends TransportCallOptions {
  readonly signal?: AbortSignal;
  /** Timeout of this request in milliseconds; for a list, of each page. */
  readonly requestTimeoutMs?: number;
}
