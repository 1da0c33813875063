import { RestoreKitError } from '../errors/restore-kit-error.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import { hasEndedWithoutVerdict } from '../operation/operation-source.ts';
import type { StatusDraft } from '../operation/status.ts';
import type { BlockingStart, Poll, Subject } from './operation-kind.ts';
import type { PendingAnswer } from './pending-answer.ts';
import type { System } from './system.ts';

/**
 * The poll of a blocking start. It reads the answer of the pending request, and uses `next` if the answer was lost or
 * has no end.
 *
 * A connection can die without notice, and then the request stays unanswered for ever. So after `verifyAfterMs` without an
 * answer, `next` is asked too. An end that it has seen at two polls counts: the answer, which says more, would have come
 * between them.
 */
export function pollPendingStart<Facts, Result, S extends System>(
  blocking: BlockingStart<Facts, Result, S>,
  subject: Subject<Facts, S>,
  pending: PendingAnswer,
  next: Poll<Result>,
): Poll<Result> {
  const { system, startedAt } = subject;
  let hasSeenEnd = false;
  return async (options) => {
    if (pending.outcome === undefined && system.clock.now() - startedAt.getTime() >= blocking.verifyAfterMs) {
      const isConfirmed = hasSeenEnd;
      const seen = await readEnd(next, options);
      hasSeenEnd = seen !== undefined;
      if (seen && isConfirmed && pending.outcome === undefined) {
        if (seen.error) throw seen.error;
        return seen.status;
      }
    }
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

type End<Result> =
  | { readonly status: StatusDraft<Result>; readonly error?: undefined }
  | { readonly error: Error; readonly status?: undefined };

/** The end that a poll sees. Undefined if it sees none: while the request is open, a failed poll says nothing. */
async function readEnd<Result>(
  next: Poll<Result>,
  options: { readonly signal?: AbortSignal },
): Promise<End<Result> | undefined> {
  try {
    const status = await next(options);
    return status.state === 'running' ? undefined : { status };
  } catch (error) {
    options.signal?.throwIfAborted();
    return hasEndedWithoutVerdict(error) ? { error } : undefined;
  }
}

/** The end of a start that was refused late, or whose request was not sent. */
function refused<Result>(error: unknown): StatusDraft<Result> {
  const message = error instanceof Error ? error.message : 'The request was not sent.';
  const isKnown = RestoreKitError.isInstance(error);
  const failure = { message, code: isKnown ? error.code : 'refused', details: isKnown ? error.toJSON() : undefined };
  return { state: 'failed', failure };
}
