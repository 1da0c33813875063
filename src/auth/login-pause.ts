import type { ApiErrorDetails } from '../errors/api-error.ts';
import { AuthenticationError, type AuthenticationReason } from '../errors/authentication-error.ts';
import { asSentence } from './advised.ts';

/**
 * The pause between two attempts with a secret that was refused, and between two calls of a secret function that threw.
 * At most vendors, five wrong passwords within minutes lock the account.
 */
export const LOGIN_PAUSE_MS = 300_000;

/** Milliseconds until a refused secret may be tried again; 0 if it may be tried now. */
export function loginPauseLeft(refusedAt: number, now: number): number {
  const passed = now - refusedAt;
  // If the clock was set back, the login must not wait longer.
  return passed < 0 ? 0 : Math.max(0, LOGIN_PAUSE_MS - passed);
}

type RefusalDetails = ApiErrorDetails & { readonly reason?: AuthenticationReason | undefined };

/** Makes the error of a refusal, which says when the same secret is tried again. */
export function refusedUntil(reason: string, pauseMs: number, details: RefusalDetails): AuthenticationError {
  const pause = `The same secret is tried again in ${Math.ceil(pauseMs / 1_000)} s at the earliest, because more refusals could lock the account.`;
  return new AuthenticationError(`${asSentence(reason)} ${pause}`, { ...details, retryAfterMs: pauseMs });
}
