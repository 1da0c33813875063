import { ApiError } from '../errors/api-error.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';
import type { PollVerdict } from '../operation/poll-verdict.ts';

/** What refusals of a poll mean for one kind of operation. A 429 is a limit. Every other failure is an outage. */
export interface FailedPolls {
  /** A 401 after the login was renewed, or a refusal by the token endpoint. */
  readonly unauthorized: 'refused' | 'outage';
  /** 403. */
  readonly forbidden: 'refused' | 'outage';
  /** A 404 in the API's own error form. */
  readonly notFound: 'absent' | 'outage';
  /** Recognises other errors of the API that mean that it does not know the operation. */
  readonly isNotFound?: (error: ApiError) => boolean;
  /** Ends a wait at once if the credential of this client was never accepted before. */
  readonly unprovenCredentialEndsWait?: boolean;
}

/**
 * Decides what a failed poll means. Only an error in the API's own form can refuse or say that something does not
 * exist. A page, a text or the JSON of a gateway is an outage under any status.
 */
export function verdictOnFailedPoll(
  error: unknown,
  table: FailedPolls,
  credentials: { readonly wereAccepted: boolean },
): PollVerdict {
  if (!RestoreKitError.isInstance(error)) return 'outage';
  if (error.code === 'configuration' || error.code === 'handle') return 'give-up';
  if (!ApiError.isInstance(error)) return 'outage';
  if (error.status === 429) return 'limited';
  if (error.status === 404 && error.code !== 'authentication') {
    const isTold = error.bodyForm === 'api' && (table.isNotFound?.(error) ?? true);
    return isTold ? table.notFound : 'outage';
  }
  // A token endpoint may refuse with another status, such as 400.
  const isUnauthorized = error.code === 'authentication';
  const verdict = isUnauthorized ? table.unauthorized : { 403: table.forbidden }[error.status];
  if (verdict !== 'refused' || error.bodyForm === 'other') return 'outage';
  const endsWait = isUnauthorized && table.unprovenCredentialEndsWait === true && !credentials.wereAccepted;
  return endsWait ? 'give-up' : 'refused';
}
