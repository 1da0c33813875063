import { RestoreKitError } from '../errors/restore-kit-error.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import type { StatusDraft } from '../operation/status.ts';
import type { BlockingStart, Poll, Subject } from './operation-kind.ts';
import type { PendingAnswer } from './pending-answer.ts';
import type { System } from './system.ts';

/**
 * The poll of a blocking start. It reads the answer of the pending request, and uses `next` if the answer was lost or
 * has no end.
 */
export function pollPendingStart<Facts, Result, S extends System>(
  blocking: BlockingStart<Facts, Result, S>,
  subject: Subject<Facts, S>,
  pending: PendingAnswer,
  next: Poll<Result>,
): Poll<Result> {
  return async (options) => {
    const { outcome } = pending;
    if (outcome === undefined) {
      return {
        state: 'running',
        message: 'The request has no answer yet; the answer comes when the restore has ended.',
      };
    }
    if (outcome.answer) return blocking.endOf(outcome.answer, subject) ?? next(options);
    return outcome.error instanceof LostAnswer ? next(options) : refused(outcome.error);
  };
}

/** A refusal that took its time, or a request that never left: nothing was started. */
function refused<Result>(error: unknown): StatusDraft<Result> {
  const message = error instanceof Error ? error.message : 'The request was not sent.';
  const isKnown = RestoreKitError.isInstance(error);
  const failure = { message, code: isKnown ? error.code : 'refused', details: isKnown ? error.toJSON() : undefined };
  return { state: 'failed', failure };
}
