import type { Clock } from '../clock/clock.ts';

/** A secret, or a function that fetches it; the function is asked again when a credential must be renewed. */
export type Secret = string | (() => string | Promise<string>);

export type AuthKind =
  | 'basic'
  | 'bearer'
  | 'uaa-password'
  | 'uaa-client-credentials'
  | 'veeam-password'
  | 'docspace-api-key';

/** Credentials for a client, made by `basicAuth`, `uaaPassword` and their like. Holds no secret that can be printed. */
export interface Auth {
  readonly kind: AuthKind;
  /** Who logs in, where that is known. @internal */
  readonly account?: string;
  /** @internal */
  open(context: AuthContext): Authenticator;
}

/** One client's login. */
export interface Authenticator {
  /** The value of the `Authorization` header; logs in or refreshes first where that is due. */
  authorization(): Promise<string>;
  /**
   * Told that `rejected` was answered 401. True where there is a new value to try once more.
   * @throws {AuthenticationError} the credentials were refused for good
   */
  renew(rejected: string): Promise<boolean>;
}

export interface TokenRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The grant, where the request carries credentials. */
  readonly grant?: string;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs: number | undefined;
}

/** What the transport lends to an authenticator. */
export interface AuthContext {
  /** Base URL without a trailing slash. */
  readonly baseUrl: string;
  /** Path of the system's own token endpoint, where it has one (Veeam: by version). */
  readonly tokenPath: string | undefined;
  readonly clock: Clock;
  /** Remembers a value that must never be shown. */
  keepSecret(value: string, kind?: 'lasting' | 'issued'): void;
  /** Sends without the client's own credentials; https or loopback only. */
  send(request: TokenRequest): Promise<TokenAnswer>;
}
