import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import type { Answer } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import { patientFetch } from '../http/patient-fetch.ts';
import type { Operation } from '../operation/operation.ts';
import type { CallOptions } from './client-options.ts';
import { makeOperation } from './make-operation.ts';
import type { BlockingStart, OperationKind, Subject } from './operation-kind.ts';
import { PendingAnswer } from './pending-answer.ts';
import { checkNote, isUnreadable2xx, lostStart, reconcileLostStart, retryUnsent } from './start.ts';
import type { System } from './system.ts';

/** A blocking start, which is answered when the restore has ended. */
export interface BlockingCall<Facts> {
  /** In the message of a lost answer: 'the restore of mailbox ...'. */
  readonly what: string;
  readonly request: ApiRequest;
  /** The vendor gives it none. */
  readonly id: string;
  readonly facts: Facts;
  readonly note?: string | undefined;
  /** What a person should do about a lost answer. */
  readonly advice: string;
  /** Called with each request when it is sent. */
  readonly onSent: (pending: PendingAnswer) => void;
}

/**
 * Sends a blocking start once, without a timeout. If no refusal comes within `promptMs`, it returns the operation,
 * whose polls read the answer of the pending request, or poll what the answer names. The caller's signal aborts the start call, but not the request
 * of an operation that was returned.
 * @throws {StartOutcomeUnknownError} the answer was lost within that time, or has no end
 * @throws the refusal, or the reason why nothing was sent
 */
export async function startBlockingOperation<
  Facts extends object,
  Result,
  S extends System,
  Op extends Operation<Result>,
>(
  system: S,
  kind: OperationKind<Facts, Result, S, Op> & { readonly blocking: BlockingStart<Facts, Result, S> },
  call: BlockingCall<Facts>,
  options: CallOptions,
): Promise<Op> {
  checkNote(call.note);
  const { id, facts, note, what, advice } = call;
  const { blocking } = kind;
  const startedAt = new Date(system.clock.now());
  const start = {
    what,
    note,
    advice,
    reconcile: (
      lost: { readonly startedAt: Date; readonly wasAccepted: boolean },
      reconcileOptions: Parameters<typeof kind.investigate>[2],
    ) => reconcileLostStart(system, kind, { ...lost, note, facts, baseline: undefined }, reconcileOptions),
  };
  let pending: PendingAnswer;
  try {
    pending = await retryUnsent(system, options, () => sendBlocking(system, blocking.promptMs, call, options));
  } catch (error) {
    if (!(error instanceof LostAnswer)) throw error;
    throw lostStart(system, start, { startedAt, wasAccepted: isUnreadable2xx(error.cause), error });
  }
  const answer = pending.outcome?.answer;
  if (answer) {
    const subject = { system, id, startedAt, note, facts, pending };
    const accepted = blocking.acceptedBy?.(answer, subject);
    if (accepted) return makeOperation(system, kind, { ...accepted, startedAt, note });
    const problem = problemOf(blocking, answer, subject);
    if (problem) throw lostStart(system, start, { startedAt, wasAccepted: true, error: problem.error });
  }
  return makeOperation(system, kind, { id, startedAt, note, facts, pending });
}

/** Answers when the request is not refused for so long. @throws what it ended with meanwhile */
async function sendBlocking<Facts>(
  system: System,
  promptMs: number,
  call: BlockingCall<Facts>,
  { signal, requestTimeoutMs }: CallOptions,
): Promise<PendingAnswer> {
  signal?.throwIfAborted();
  const control = new AbortController();
  const follow = () => control.abort(signal?.reason);
  addAbortListener(signal, follow);
  try {
    const mode = 'blocking';
    const sent = system.transport.send(call.request, { mode, signal: control.signal, requestTimeoutMs, patientFetch });
    const pending = new PendingAnswer(sent);
    call.onSent(pending);
    await pending.settledWithin(promptMs, system.clock);
    const { outcome } = pending;
    if (outcome && !outcome.answer) throw outcome.error;
    return pending;
  } finally {
    removeAbortListener(signal, follow);
  }
}

/** Why an answer has no end; undefined if it has one. */
function problemOf<Facts, Result, S extends System>(
  { endOf }: BlockingStart<Facts, Result, S>,
  answer: Answer,
  subject: Subject<Facts, S>,
): { readonly error: unknown } | undefined {
  try {
    if (endOf(answer, subject)) return undefined;
    const message = `It was answered ${answer.status}, but the answer has no end.`;
    return { error: subject.system.transport.unexpected(message, answer) };
  } catch (error) {
    return { error };
  }
}
