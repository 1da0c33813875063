import { RestoreKitError } from '../errors/restore-kit-error.ts';

/**
 * What a failed poll means for the wait.
 * - 'outage': the status cannot be read. `outageToleranceMs` limits how long.
 * - 'absent': the vendor says that it does not know the operation. This is tolerated for 60 s since the start, the
 *   resume or the last good poll, whichever is latest. Then the wait ends with an `OutageError` with the reason 'gone'.
 * - 'refused': the credentials were refused, but perhaps only for now. The wait ends after three refusals over at
 *   least ten minutes. The pauses are long, because more attempts could lock the account.
 * - 'limited': too many requests. This is never an outage; only the deadline ends the wait.
 * - 'give-up': refused for good. The wait ends at once with an `AccessLostError`.
 *
 * Some errors need no verdict and end every wait: a `HandleError`, and an `OutcomeUnknownError` with the reason
 * 'ended-without-verdict'. A `RateLimitError` is always 'limited'.
 */
export type PollVerdict = 'outage' | 'absent' | 'refused' | 'limited' | 'give-up';

const VERDICTS: Readonly<Record<string, PollVerdict>> = {
  authentication: 'give-up',
  permission: 'give-up',
  configuration: 'give-up',
  'not-found': 'absent',
  'rate-limit': 'limited',
};

/** The verdict if a definition has no `outage`: by the error's `code`, otherwise 'outage'. */
export function defaultPollVerdict(error: unknown): PollVerdict {
  return (RestoreKitError.isInstance(error) && VERDICTS[error.code]) || 'outage';
}
