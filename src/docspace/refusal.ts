import type { ApiErrorDetails } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { PermissionError } from '../errors/permission-error.ts';

/** 401 or 403, which say little of themselves here: both often have no body. */
export type Refusal = AuthenticationError | PermissionError;

export function isRefusal(error: unknown): error is Refusal {
  return AuthenticationError.isInstance(error) || PermissionError.isInstance(error);
}

/** The same refusal, with a sentence that says what it means. */
export function explained(refusal: Refusal, sentence: string, reason?: 'portal-restoring'): Refusal {
  const message = `${refusal.message.replace(/[^.!?]$/, '$&.')} ${sentence}`;
  const { status, errors, requestId, retryAfterMs, serverTrace } = refusal;
  const details: ApiErrorDetails = { status, errors, requestId, retryAfterMs, serverTrace };
  return AuthenticationError.isInstance(refusal)
    ? new AuthenticationError(message, details)
    : new PermissionError(message, { ...details, reason });
}
