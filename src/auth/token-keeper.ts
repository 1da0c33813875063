import type { Clock } from '../clock/clock.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import type { Authenticator } from './auth.ts';
import { LOGIN_PAUSE_MS, loginPauseLeft, refusedUntil } from './login-pause.ts';

export interface IssuedToken {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** Life of the token in seconds; undefined if the server does not send it. */
  readonly expiresIn: number | undefined;
  /** When the request for the token was sent, in milliseconds since the epoch. Its life may begin as early as that. */
  readonly requestedAt: number;
}

export interface TokenGrants {
  readonly clock: Clock;
  /** Reads the secrets of a login, which may change: the password, the client secret. */
  readonly readSecrets: () => Promise<readonly string[]>;
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

/** A token is renewed this long before it expires, or in the last fifth of its life if that is shorter. */
const MARGIN_MS = 60_000;

/**
 * Holds the token of one client. It is refreshed before it expires and after a 401, by one request at a time. If the
 * refresh is refused, one login follows. A refused login is tried again after five minutes, or at once with another
 * secret. So no account is locked, and the token endpoint gets few requests.
 */
export function tokenKeeper(grants: TokenGrants): Authenticator {
  const { clock } = grants;
  let held: Held | undefined;
  let pending: Promise<Held> | undefined;
  let wasAccepted = false;
  let logins = 0;
  let refused: Refused | undefined;

  const keep = (token: IssuedToken): Held => {
    wasAccepted = true;
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

  const login = async (): Promise<Held> => {
    const secrets = await grants.readSecrets();
    const pauseMs = refused?.secrets.every((secret, index) => secret === secrets[index])
      ? loginPauseLeft(refused.at, clock.now())
      : 0;
    if (refused && pauseMs > 0) throw refusedUntil(refused.error.message, pauseMs, refused.error);
    try {
      const token = await grants.login(secrets);
      logins += 1;
      return keep(token);
    } catch (error) {
      if (!AuthenticationError.isInstance(error)) throw error;
      refused = { secrets, error, at: clock.now() };
      throw refusedUntil(error.message, LOGIN_PAUSE_MS, error);
    }
  };

  const obtain = async (): Promise<Held> => {
    if (grants.refresh && held?.refreshToken !== undefined) {
      try {
        return keep(await grants.refresh(held.refreshToken));
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
