import type { Clock } from '../clock/clock.ts';

/**
 * A secret, or a function that returns it. The function is called again when a credential must be renewed. If it
 * throws, nothing is sent, and it is called again after 5 minutes at the earliest. Empty secrets, and secrets that end
 * with a line break, are refused before anything is sent.
 */
export type Secret = string | (() => string | Promise<string>);

/** Names an auth maker, such as 'basic'. Each client says which kinds it accepts. */
export type AuthKind = string;

/**
 * Credentials for a client, made by `basicAuth`, `bearerToken` and the makers of the systems. Printing it shows no
 * secret.
 */
export interface Auth {
  readonly kind: AuthKind;
  /** The user name, if it is known. @internal */
  readonly account?: string;
  /** @internal */
  open(context: AuthContext): Authenticator;
}

/** The login of one client. A refusal is never final: after a pause it reads the secret and tries again. */
export interface Authenticator {
  /**
   * The value of the `Authorization` header. Logs in or refreshes the token first if that is due.
   * @throws {AuthenticationError} the login was refused; `retryAfterMs` says when the same secret is tried again
   */
  authorization(): Promise<string>;
  /**
   * Called when a request with the value `rejected` was answered 401. Returns true if there is a new value to try.
   * @throws {AuthenticationError} the new login was refused
   */
  renew(rejected: string): Promise<boolean>;
  /** Called with the status of every answer to a request that carried the value `used`. */
  answered(used: string, status: number): void;
  /** Whether this client has ever seen the credential accepted: a token was issued for it, or an answer was a 2xx. */
  readonly wasAccepted: boolean;
  /**
   * How often this client has logged in or changed its credential. Some systems show data only to the login that made
   * it. A refreshed token belongs to the same login. undefined if requests do not depend on a login.
   */
  readonly logins?: number | undefined;
}

export interface TokenRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The OAuth grant, if the request carries credentials. */
  readonly grant?: string;
  /** Whether it sends something that works once, so that it goes on although nobody waits for its answer any more. */
  readonly isOnce?: boolean | undefined;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs: number | undefined;
}

/** What an authenticator may use of the transport. */
export interface AuthContext {
  /** Base URL without a trailing slash. */
  readonly baseUrl: string;
  /** Path of the system's own token endpoint, if it has one. */
  readonly tokenPath: string | undefined;
  /** Fields that the system's own token endpoint wants in every request for a token, beside the grant. */
  readonly tokenFields?: (() => Readonly<Record<string, string>>) | undefined;
  readonly clock: Clock;
  /** Remembers a value that must never be shown. */
  keepSecret(value: string, kind?: 'lasting' | 'issued'): void;
  /** Removes the values that must never be shown from a text. */
  redact(text: string): string;
  /** Sends without the client's own credentials; https or loopback only. */
  send(request: TokenRequest): Promise<TokenAnswer>;
}
