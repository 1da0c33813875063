import { AccessLostError } from '../errors/access-lost-error.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutageError } from '../errors/outage-error.ts';
import { type OutcomeUnknownDetails, OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { WaitAbortedError } from '../errors/wait-aborted-error.ts';
import type { EndedWait } from '../errors/wait-facts.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { factsOf } from './error-label.ts';
import type { Operation, OperationHandle } from './operation.ts';
import type { OperationStatus, TerminalStatus } from './status.ts';
import type { WaitState } from './wait-state.ts';

/** The facts from which the error of a wait is made. */
export interface WaitFacts<Result> {
  readonly operation: Operation<Result>;
  readonly state: WaitState<Result>;
  readonly now: number;
  /** Whether a poll is pending. */
  readonly isPollPending: boolean;
  readonly timeoutAdvice: string | undefined;
}

export function timeoutError(facts: WaitFacts<unknown>): Error {
  const advice = facts.timeoutAdvice;
  const text = `${nameOf(facts)} had not ended when the wait reached its deadline. ${whatIsKnown(facts)}`;
  return new WaitTimeoutError(advice === undefined ? text : `${text} ${advice}`, details(facts, { advice }));
}

export function abortError(facts: WaitFacts<unknown>, cause: unknown): Error {
  const text = `The wait for ${nameOf(facts)} was aborted; the operation itself was not canceled. ${whatIsKnown(facts)}`;
  return new WaitAbortedError(text, { ...details(facts), cause });
}

export function outageError(facts: WaitFacts<unknown>, reason: 'unreachable' | 'gone'): Error {
  const { lostAt = facts.now } = facts.state.failures ?? {};
  const what =
    reason === 'gone'
      ? `The vendor no longer knows ${nameOf(facts)}, and it is not known how it ended.`
      : `${nameOf(facts)} could not be polled for ${seconds(facts.now - lostAt)}.`;
  const advice = 'This does not mean that the restore failed. Resume later with the handle.';
  const more = { ...details(facts, { advice }), reason, since: new Date(lostAt) };
  return new OutageError(`${what} ${whatIsKnown(facts)}`, more);
}

export function accessLostError(facts: WaitFacts<unknown>): Error {
  const { lastError } = facts.state.failures ?? {};
  // An error in the caller's options is reported as such, because other credentials would not help.
  if (factsOf(lastError)?.code === 'configuration') return brokenPollError(facts);
  const advice = 'Check the credentials and roles, because the restore may have replaced them. Then resume.';
  const text = `Access to ${nameOf(facts)} was lost. ${whatIsKnown(facts)}`;
  return new AccessLostError(text, details(facts, { advice }));
}

/** The `poll` of the definition returned no status, or an option is wrong. */
export function brokenPollError(facts: WaitFacts<unknown>): Error {
  const { lastError } = facts.state.failures ?? {};
  const text = `The poll of ${nameOf(facts)} has to be corrected. ${messageOf(lastError)} It is not known how the operation ends.`;
  return new OutcomeUnknownError(text, details(facts, { reason: 'configuration' }));
}

export function noVerdictError(facts: WaitFacts<unknown>): Error {
  const { lastError } = facts.state.failures ?? {};
  const { advice, reason } = lastError as OutcomeUnknownError;
  const text = `${nameOf(facts)} has ended, but it is not known how. ${messageOf(lastError)}`;
  return new OutcomeUnknownError(text, details(facts, { advice, reason }));
}

/** The error for a terminal status with which the wait does not resolve. */
export function endError<Result>(
  status: TerminalStatus<Result>,
  handle: OperationHandle,
  wait: EndedWait,
  untilReady: boolean,
): Error {
  const name = `${handle.kind} ${handle.id}`;
  const { state, message } = status;
  if (state === 'partial' && !untilReady) {
    const text = `${name} ended, but not everything was restored${message ? `: ${message}` : '.'}`;
    return new PartialRestoreError(text, { result: status.result, handle, wait });
  }
  const reason = message ?? 'The vendor gave no reason.';
  const failure = ('failure' in status && status.failure) || { message: reason, details: status.raw };
  const verb = state === 'canceled' ? 'was canceled' : state === 'failed' ? 'failed' : `ended (${state})`;
  const text = `${name} ${verb}${untilReady ? ' before it was ready' : ''}: ${failure.message}`;
  return new OperationFailedError(text, { state: state === 'canceled' ? state : 'failed', failure, handle, wait });
}

/** Says that the operation is running only if the last poll succeeded. */
function whatIsKnown({ state, now, isPollPending }: WaitFacts<unknown>): string {
  const { status, failures, knownAt } = state;
  const seen =
    status && `${seconds(now - knownAt)} before, it was ${status.state}${status.message ? ` (${status.message})` : ''}`;
  if (seen && !failures && !isPollPending) return `At the last poll, ${seen}; it goes on at the vendor.`;
  const failed = failures
    ? `${failures.count} ${failures.count === 1 ? 'poll' : 'polls'} failed${seen ? ' since' : ''}; the last: ${messageOf(failures.lastError)} `
    : '';
  const pending = isPollPending ? 'The pending poll has no answer yet. ' : '';
  const good = seen ? `At the last good poll, ${seen}. ` : 'No poll has succeeded. ';
  return `${good}${failed}${pending}It may be running or may have ended.`;
}

function details(facts: WaitFacts<unknown>, more: Partial<OutcomeUnknownDetails> = {}): OutcomeUnknownDetails {
  const { operation, isPollPending } = facts;
  const { status, knownAt, runningPolls, observed, failures } = facts.state;
  return {
    handle: operation.toJSON(),
    observed: {
      ...(runningPolls > 0 ? { running: runningPolls } : {}),
      ...observed,
      ...(isPollPending ? { 'no answer yet': 1 } : {}),
    },
    lastSeen: status && lastSeenOf(status, knownAt),
    ...omitUndefined({ cause: failures?.lastError }),
    ...more,
  };
}

function lastSeenOf({ state, message, percent }: OperationStatus<unknown>, knownAt: number) {
  return omitUndefined({ state, message, percent, at: new Date(knownAt) });
}

function nameOf({ operation }: WaitFacts<unknown>): string {
  return `${operation.kind} ${operation.id}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : `a value of type ${typeof error} was thrown instead of an error.`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
