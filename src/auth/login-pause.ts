import type { ApiErrorDetails } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';

/**
 * Between two tries of one secret that was refused, and between two calls of a secret function that threw. Five wrong
 * passwords within minutes lock an account at most vendors.
 */
export const LOGIN_PAUSE_MS = 300_000;

/** Milliseconds until a refused secret may be tried again; 0 where it may be now. */
export function loginPauseLeft(refusedAt: number, now: number): number {
  const passed = now - refusedAt;
  // A clock that was set back must not hold a login back for longer.
  return passed < 0 ? 0 : Math.max(0, LOGIN_PAUSE_MS - passed);
}

/** A refusal that says when the same secret is tried again. */
export function refusedUntil(reason: string, pauseMs: number, details: ApiErrorDetails): AuthenticationError {
  const pause = `The same secret is tried again in ${Math.ceil(pauseMs / 1_000)} s at the earliest, since more refusals could lock the account.`;
  const sentence = /[.!?]$/.test(reason) ? reason : `${reason}.`;
  return new AuthenticationError(`${sentence} ${pause}`, { ...details, retryAfterMs: pauseMs });
}
