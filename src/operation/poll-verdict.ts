import { RestoreKitError } from '../errors/restore-kit-error.ts';

/**
 * What a failed poll means for the wait.
 * - 'outage': our view is lost; it has its own budget.
 * - 'absent': the vendor says that it does not know the operation. Tolerated for 60 s since the latest of start, resume and
 *   last good poll; then the wait ends with `OutageError`, reason 'gone'.
 * - 'refused': the credentials were refused in a way that may pass. Given up after three refusals over at least ten
 *   minutes, with long pauses, since more attempts could lock the account.
 * - 'limited': too many requests; never an outage, only the deadline ends it.
 * - 'give-up': refused for good. The wait ends at once.
 *
 * Some errors need no verdict and end every wait: `OutcomeUnknownError` with the reason 'ended-without-verdict' and
 * `HandleError`. `RateLimitError` is always 'limited'.
 */
export type PollVerdict = 'outage' | 'absent' | 'refused' | 'limited' | 'give-up';

const VERDICTS: Readonly<Record<string, PollVerdict>> = {
  authentication: 'give-up',
  permission: 'give-up',
  configuration: 'give-up',
  'not-found': 'absent',
  'rate-limit': 'limited',
};

/** The verdict where a kind of operation has no rule of its own: by the error's `code`, and 'outage' for the rest. */
export function defaultPollVerdict(error: unknown): PollVerdict {
  return (RestoreKitError.isInstance(error) && VERDICTS[error.code]) || 'outage';
}
