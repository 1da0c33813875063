import type { Clock } from '../clock/clock.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import type { Authenticator } from './auth.ts';
import { LOGIN_PAUSE_MS, loginPauseLeft, refusedUntil } from './login-pause.ts';

export interface IssuedToken {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Life of the token in seconds; undefined if the server does not send it. */
  readonly expiresIn: number | undefined;
  /** When the request for the token was sent, in milliseconds since the epoch. Its life may begin as early as that. */
  readonly requestedAt: number;
  /** Whether the token was issued to somebody else before, so that it does not prove that the credentials are good. */
  readonly isBorrowed?: boolean;
}

export interface TokenGrants {
  readonly clock: Clock;
  /** Reads the secrets of a login, which may change: the password, the client secret. */
  readonly readSecrets: () => Promise<readonly string[]>;
  /**
   * Whether the secrets differ at each reading, like a JWT that is signed anew. After a refusal they are then neither read
   * nor sent for five minutes, although they would differ. @default false
   */
  readonly secretsAlwaysDiffer?: boolean;
  /**
   * Whether what was refused is never sent again, since `readSecrets` or `login` sees to that. Then there is no pause.
   * @default never
   */
  readonly isNeverResent?: (error: AuthenticationError) => boolean;
  /** @throws {AuthenticationError} refused */
  readonly login: (secrets: readonly string[]) => Promise<IssuedToken>;
  /** @throws {AuthenticationError} refused */
  readonly refresh?: (refreshToken: string) => Promise<IssuedToken>;
}

interface Refused {
  readonly secrets: readonly string[];
  readonly error: AuthenticationError;
  readonly at: number;
}

interface Held {
  readonly authorization: string;
  readonly refreshToken: string | undefined;
  readonly renewAt: number;
  readonly expiresAt: number;
}

interface Limited {
  readonly error: RateLimitError;
  readonly until: number;
}

/** A longer pause that a token endpoint asks for is not kept. */
const LONGEST_LIMIT_MS = 3_600_000;

/** A token is renewed this long before it expires, or in the last fifth of its life if that is shorter. */
const MARGIN_MS = 60_000;

/**
 * Holds the token of one client. It is refreshed before it expires and after a 401, by one request at a time. If the
 * refresh is refused, one login follows. A refused login is tried again after five minutes, or at once with another
 * secret. After a 429 nothing is sent before the pause of its `Retry-After` has passed, an hour at most. So no account is
 * locked, and the token endpoint gets few requests.
 */
export function tokenKeeper(grants: TokenGrants): Authenticator {
  const { clock } = grants;
  let held: Held | undefined;
  let pending: Promise<Held> | undefined;
  let wasAccepted = false;
  let logins = 0;
  let refused: Refused | undefined;
  let limited: Limited | undefined;

  const keep = (token: IssuedToken): Held => {
    wasAccepted ||= token.isBorrowed !== true;
    const life = token.expiresIn === undefined ? Number.POSITIVE_INFINITY : token.expiresIn * 1_000;
    const expiresAt = token.requestedAt + life;
    held = {
      authorization: `Bearer ${token.accessToken}`,
      refreshToken: token.refreshToken,
      renewAt: expiresAt - Math.min(MARGIN_MS, life / 5),
      expiresAt,
    };
    return held;
  };

  const pauseAfterRefusal = (): void => {
    const pauseMs = refused ? loginPauseLeft(refused.at, clock.now()) : 0;
    if (refused && pauseMs > 0) throw refusedUntil(refused.error.message, pauseMs, refused.error);
  };

  const login = async (): Promise<Held> => {
    if (grants.secretsAlwaysDiffer) pauseAfterRefusal();
    const secrets = await grants.readSecrets();
    if (refused?.secrets.every((secret, index) => secret === secrets[index])) pauseAfterRefusal();
    try {
      const token = await grants.login(secrets);
      logins += 1;
      return keep(token);
    } catch (error) {
      if (!AuthenticationError.isInstance(error) || grants.isNeverResent?.(error)) throw error;
      refused = { secrets, error, at: clock.now() };
      throw refusedUntil(error.message, LOGIN_PAUSE_MS, error);
    }
  };

  const obtain = async (): Promise<Held> => {
    const leftMs = limited ? limited.until - clock.now() : 0;
    // A clock that was set back must not make the pause longer.
    if (limited && leftMs > 0 && leftMs <= LONGEST_LIMIT_MS) {
      throw new RateLimitError(limited.error.message, { ...limited.error, retryAfterMs: leftMs });
    }
    try {
      return await refreshOrLogIn();
    } catch (error) {
      if (RateLimitError.isInstance(error) && error.retryAfterMs !== undefined) {
        limited = { error, until: clock.now() + Math.min(error.retryAfterMs, LONGEST_LIMIT_MS) };
      }
      throw error;
    }
  };

  const refreshOrLogIn = async (): Promise<Held> => {
    if (grants.refresh && held?.refreshToken !== undefined) {
      try {
        const { refreshToken } = held;
        const token = await grants.refresh(refreshToken);
        // A server that issues no new refresh token goes on with the old one (RFC 6749, 6).
        return keep({ ...token, refreshToken: token.refreshToken ?? refreshToken });
      } catch (error) {
        if (!AuthenticationError.isInstance(error)) throw error;
        held = { ...held, refreshToken: undefined };
      }
    }
    return login();
  };

  const obtainOnce = (): Promise<Held> => {
    pending ??= obtain().finally(() => {
      pending = undefined;
    });
    return pending;
  };

  return {
    get wasAccepted() {
      return wasAccepted;
    },
    get logins() {
      return logins;
    },
    authorization: async () => {
      if (held && clock.now() < held.renewAt) return held.authorization;
      try {
        return (await obtainOnce()).authorization;
      } catch (error) {
        // The token endpoint may fail while the token is still valid.
        if (held && clock.now() < held.expiresAt) return held.authorization;
        throw error;
      }
    },
    renew: async (rejected) => {
      if (held && held.authorization !== rejected) return true;
      await obtainOnce();
      return true;
    },
    answered: (_used, status) => {
      wasAccepted ||= status >= 200 && status < 300;
    },
  };
}
