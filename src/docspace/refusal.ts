import type { ApiErrorDetails } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { PermissionError } from '../errors/permission-error.ts';

/** A 401 or 403. Both often have no body and therefore say little. */
export type Refusal = AuthenticationError | PermissionError;

export function isRefusal(error: unknown): error is Refusal {
  return AuthenticationError.isInstance(error) || PermissionError.isInstance(error);
}

/** Copies a refusal and adds a sentence that explains it. */
export function explained(refusal: Refusal, sentence: string, reason?: 'portal-restoring'): Refusal {
  const message = `${refusal.message.replace(/[^.!?]$/, '$&.')} ${sentence}`;
  const { status, errors, requestId, retryAfterMs, serverTrace } = refusal;
  const details: ApiErrorDetails = { status, errors, requestId, retryAfterMs, serverTrace };
  return AuthenticationError.isInstance(refusal)
    ? new AuthenticationError(message, { ...details, reason: refusal.reason })
    : new PermissionError(message, { ...details, reason });
}
