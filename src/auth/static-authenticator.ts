import type { Clock } from '../clock/clock.ts';
import type { Authenticator } from './auth.ts';
import { loginPauseLeft, refusedUntil } from './login-pause.ts';

export interface StaticAuthenticatorOptions {
  readonly clock: Clock;
  /** Reads the value of the header. */
  readonly read: () => Promise<string>;
  /** Whether refusals can lock an account. */
  readonly isPassword: boolean;
}

/** One 401 may be an error of the server. Two in a row count as a refusal. */
const REFUSALS = 2;

/**
 * Sends a credential unchanged. After a 401 it is read again, and tried at once if it has changed. A password that was
 * refused twice in a row and has not changed is sent at most once in five minutes.
 */
export function staticAuthenticator(options: StaticAuthenticatorOptions): Authenticator {
  const { clock, read, isPassword } = options;
  let current: string | undefined;
  let pending: Promise<string> | undefined;
  let wasAccepted = false;
  let logins = 0;
  let answeredLast: string | undefined;
  let refused: { readonly value: string; readonly count: number; readonly at: number } | undefined;

  const ask = () => {
    pending ??= read().finally(() => {
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
      current ??= await ask();
      if (!refused || refused.value !== current || refused.count < REFUSALS) return current;
      current = await ask();
      if (current !== refused.value) return current;
      const now = clock.now();
      const pauseMs = loginPauseLeft(refused.at, now);
      if (pauseMs > 0) {
        throw refusedUntil('The server has refused these credentials.', pauseMs, { status: 401 });
      }
      // Of many concurrent calls, only one tries.
      refused = { ...refused, at: now };
      return current;
    },
    renew: async (rejected) => {
      if (current !== rejected) return true;
      current = await ask();
      return current !== rejected;
    },
    answered: (used, status) => {
      if (status >= 200 && status < 300) {
        wasAccepted = true;
        if (used !== answeredLast) logins += 1;
        answeredLast = used;
        if (refused?.value === used) refused = undefined;
      } else if (status === 401 && isPassword) {
        const count = refused?.value === used ? refused.count + 1 : 1;
        refused = { value: used, count, at: clock.now() };
      }
    },
  };
}
