import type { Clock } from '../clock/clock.ts';

/**
 * A secret, or a function that fetches it. The function is asked again when a credential must be renewed. Where it
 * throws, nothing is sent, and it is asked again after 5 minutes. Empty secrets, and secrets that end with a line break,
 * are refused before anything is sent.
 */
export type Secret = string | (() => string | Promise<string>);

/** Names an auth maker, such as 'basic'. Each client says which kinds it accepts. */
export type AuthKind = string;

/** Credentials for a client, made by `basicAuth`, `bearerToken` and the makers of the systems. Holds no secret that can be printed. */
export interface Auth {
  readonly kind: AuthKind;
  /** Who logs in, where that is known. @internal */
  readonly account?: string;
  /** @internal */
  open(context: AuthContext): Authenticator;
}

/** One client's login. It never takes a refusal for final: after a pause it asks and tries again. */
export interface Authenticator {
  /**
   * The value of the `Authorization` header; logs in or refreshes first where that is due.
   * @throws {AuthenticationError} refused; `retryAfterMs` tells when the same secret is tried again
   */
  authorization(): Promise<string>;
  /**
   * Told that `rejected` was answered 401. True where there is a new value to try once more.
   * @throws {AuthenticationError} the login that this took was refused
   */
  renew(rejected: string): Promise<boolean>;
  /** Told the status of every answer to a request that carried `used`. */
  answered(used: string, status: number): void;
  /** Whether this client has ever seen the credential accepted: a token was issued for it, or an answer was a 2xx. */
  readonly wasAccepted: boolean;
  /**
   * How often it has logged in anew, or changed its credential: what a system shows for one login only is then of another
   * one. A refreshed token is of the same login. undefined where each request stands for itself.
   */
  readonly logins?: number | undefined;
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
  /** Path of the system's own token endpoint, where it has one. */
  readonly tokenPath: string | undefined;
  readonly clock: Clock;
  /** Remembers a value that must never be shown. */
  keepSecret(value: string, kind?: 'lasting' | 'issued'): void;
  /** A text of somebody else without the values that must never be shown. */
  redact(text: string): string;
  /** Sends without the client's own credentials; https or loopback only. */
  send(request: TokenRequest): Promise<TokenAnswer>;
}
