import { ApiError } from '../errors/api-error.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';
import type { PollVerdict } from '../operation/poll-verdict.ts';

/** What refusals mean to one kind of operation. All that is not named here is an outage of our view, 429 a limit. */
export interface FailedPolls {
  /** 401 after a renewal, and a token endpoint that refuses in its own words. */
  readonly unauthorized: 'refused' | 'outage';
  /** 403. */
  readonly forbidden: 'refused' | 'outage';
  /** 404 in the API's own words. */
  readonly notFound: 'absent' | 'outage';
  /** Further codes or titles of errors in the API's own form that say that the operation is not known. */
  readonly isNotFound?: (error: ApiError) => boolean;
  /** Access is lost at once for a credential that this client has never seen accepted. */
  readonly unprovenCredentialEndsWait?: boolean;
}

/**
 * The verdict on a failed poll. Only the words of the API itself refuse, or say that something is not there: a page, a
 * text or the JSON of a gateway is an outage under any status.
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
  // A token endpoint refuses under other statuses too, such as 400.
  const isUnauthorized = error.code === 'authentication';
  const verdict = isUnauthorized ? table.unauthorized : { 403: table.forbidden }[error.status];
  if (verdict !== 'refused' || error.bodyForm === 'other') return 'outage';
  const endsWait = isUnauthorized && table.unprovenCredentialEndsWait === true && !credentials.wereAccepted;
  return endsWait ? 'give-up' : 'refused';
}
