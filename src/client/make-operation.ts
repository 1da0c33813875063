import { HandleError } from '../errors/handle-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { urlOf } from '../http/api-request.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import { type FetchStatus, isObject, type PollResponse } from '../protocols/poll-response.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { verdictOnFailedPoll } from './failed-poll.ts';
import type { Known, OperationKind, Poll, PollOptions, Subject } from './operation-kind.ts';
import type { PendingAnswer } from './pending-answer.ts';
import { pollPendingStart } from './poll-pending-start.ts';
import { readHandle } from './read-handle.ts';
import type { System } from './system.ts';

/** Makes an operation of a kind. Sends nothing. */
export function makeOperation<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  system: S,
  kind: OperationKind<Facts, Result, S, Op>,
  known: Known<Facts> & { readonly pollAfterMs?: number | undefined; readonly pending?: PendingAnswer | undefined },
): Op {
  const { id, startedAt, note, facts, pollAfterMs, pending } = known;
  const subject: Subject<Facts, S> = { system, id, startedAt, note, facts, pending };
  const { timeoutMs, outageToleranceMs, timeoutAdvice, cadence, isReady } = kind;
  const operation = system.operation<Result>({
    kind: kind.kind,
    id,
    startedAt,
    ...omitUndefined({ note, pollAfterMs, timeoutAdvice, cadence, isReady }),
    handle: { ...pathOf(kind, known), ...facts },
    poll: pollOf(kind, subject),
    outage: (error) =>
      verdictOnFailedPoll(error, kind.failedPolls, { wereAccepted: system.transport.credentialsWereAccepted }),
    timeoutMs,
    outageToleranceMs,
  });
  // A kind without `extend` is one whose Op is the operation alone.
  return kind.extend?.(operation, subject) ?? (operation as Op);
}

/**
 * Makes an operation from a saved handle. Sends nothing.
 * @throws {HandleError} the handle belongs to another system, base URL or version, or is damaged
 */
export function resumeOperation<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  system: S,
  kinds: readonly OperationKind<Facts, Result, S, Op>[],
  handle: SavedHandle,
): Op {
  const { kind, known } = readKnown(system, kinds, handle);
  return makeOperation(system, kind, known);
}

/** Reads a saved handle and finds its kind. */
function readKnown<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  system: S,
  kinds: readonly OperationKind<Facts, Result, S, Op>[],
  handle: SavedHandle,
): { readonly kind: OperationKind<Facts, Result, S, Op>; readonly known: Known<Facts> } {
  const saved = readHandle<Facts, OperationKind<Facts, Result, S, Op>>(handle, { kinds, baseUrl: system.baseUrl });
  const { id, note, facts, kind } = saved;
  const known: Known<Facts> = { id, startedAt: new Date(saved.startedAt), note, facts };
  kind.checkHandle?.({ system, ...known });
  return { kind, known };
}

function pathOf<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  kind: OperationKind<Facts, Result, S, Op>,
  known: Known<Facts>,
): { readonly path?: string } {
  const request = kind.statusRequest(known);
  return request === undefined ? {} : { path: urlOf(request, '').replace(/\?.*$/, '') };
}

function pollOf<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  kind: OperationKind<Facts, Result, S, Op>,
  subject: Subject<Facts, S>,
): Poll<Result> {
  const read = kind.fetchStatus?.(subject) ?? ((options: PollOptions) => readStatus(kind, subject, options));
  const checked: FetchStatus = async (options) => {
    const response = await read(options);
    checkOwn(kind, subject, response);
    return response;
  };
  const poll = kind.endedAtStart?.(subject) ?? kind.decide(checked, subject);
  return kind.blocking && subject.pending ? pollPendingStart(kind.blocking, subject, subject.pending, poll) : poll;
}

async function readStatus<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  kind: OperationKind<Facts, Result, S, Op>,
  subject: Subject<Facts, S>,
  options: PollOptions,
): Promise<PollResponse> {
  const request = kind.statusRequest(subject);
  if (!request) throw new HandleError('path', `is missing; ${kind.kind} ${subject.id} cannot be polled without it.`);
  return subject.system.poll(request, options);
}

/** Checks that an answer belongs to this operation. */
function checkOwn<Facts extends object, Result, S extends System, Op extends Operation<Result>>(
  kind: OperationKind<Facts, Result, S, Op>,
  subject: Subject<Facts, S>,
  { status, body }: PollResponse,
): void {
  if (!isObject(body)) return;
  if (!kind.isOwn(body, subject)) {
    throw new UnexpectedResponseError(
      `The answer belongs to another operation than ${kind.kind} ${subject.id}; it says nothing about this one.`,
      { status },
    );
  }
  const other = kind.otherKind?.(body, subject);
  if (other !== undefined) throw new HandleError('id', `names ${other}, not an operation of kind ${kind.kind}.`);
}
