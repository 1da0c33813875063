import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import type { Clock } from '../clock/clock.ts';
import { randomOf } from '../clock/random-of.ts';
import { AccessLostError } from '../errors/access-lost-error.ts';
import { ApiError } from '../errors/api-error.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutageError } from '../errors/outage-error.ts';
import type { OutcomeUnknownDetails } from '../errors/outcome-unknown-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { WaitAbortedError } from '../errors/wait-aborted-error.ts';
import type { EndedWait } from '../errors/wait-facts.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { askedPause } from './asked-pause.ts';
import { delayOf } from './cadence.ts';
import { callHandler } from './call-handler.ts';
import { errorLabel } from './error-label.ts';
import type { OperationEvent } from './events.ts';
import { definitionOf, internalsOf } from './internals.ts';
import type { Operation } from './operation.ts';
import type { OperationDefinition } from './operation-definition.ts';
import type { PollTracker } from './poll-tracker.ts';
import { defaultPollVerdict, type PollVerdict } from './poll-verdict.ts';
import type { OperationStatus, RunningStatus, TerminalStatus } from './status.ts';
import type { WaitOptions } from './wait-options.ts';
import type { ReadyResult, WaitResult } from './wait-result.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LONGEST_PAUSE_AFTER_ERROR_MS = 60 * MINUTE_MS;
const ABSENT_POLLS = 10;
const ABSENT_MS = MINUTE_MS;
const REFUSED_POLLS = 3;
const REFUSED_MS = 10 * MINUTE_MS;

/** Where a waiter's news goes. */
export interface WaitObserver<Result> {
  status?(status: OperationStatus<Result>, polls: PollTracker): void;
  unreachable?(since: number, error: unknown): void;
  resolve(result: WaitResult<Result> | ReadyResult): void;
  reject(error: Error): void;
}

/** The poll loop as its waiters see it. */
interface LoopOfWaiters {
  readonly clock: Clock;
  /** Told by a waiter that is done. */
  sweep(): void;
}

/** One wait on one operation: its deadline, its budgets, and what it makes of each poll. */
export class Waiter<Result> {
  done = false;
  /** When it wants the next poll; Infinity once the last one before its deadline was taken. */
  nextPollAt = 0;
  deadlineAt: number;
  readonly #loop: LoopOfWaiters;
  readonly #operation: Operation<Result>;
  readonly #definition: Partial<OperationDefinition<Result>>;
  readonly #options: WaitOptions<Result>;
  readonly #untilReady: boolean;
  readonly #sink: WaitObserver<Result>;
  readonly #leadMs: number;
  readonly #toleranceMs: number;
  #lastPollTaken = false;
  #hasOverslept = false;
  #isPollAfterSleep = false;
  /** When the outage budget ends, while it is being spent. */
  #budgetPollAt = Number.POSITIVE_INFINITY;
  #polls = 0;
  #missingSince: number | undefined;
  #unreachableMs = 0;
  /** Part of the current outage that the outage budget does not count. */
  #uncountedMs = 0;
  #seenOnce = false;
  #absent: { polls: number; since: number } | undefined;
  #refused: { polls: number; since: number } | undefined;
  #lastError: unknown;
  #lastStatus: OperationStatus<Result> | undefined;
  #lastSeenAt = 0;
  #observed: Record<string, number> | undefined;

  constructor(
    operation: Operation<Result>,
    options: WaitOptions<Result>,
    until: 'ready' | 'ended',
    loop: LoopOfWaiters,
    sink: WaitObserver<Result>,
  ) {
    const definition = definitionOf(operation);
    const timeoutMs = options.timeoutMs ?? definition.timeoutMs ?? DAY_MS;
    this.#operation = operation;
    this.#definition = definition;
    this.#options = options;
    this.#untilReady = until === 'ready';
    this.#sink = sink;
    this.#loop = loop;
    this.#toleranceMs = options.outageToleranceMs ?? definition.outageToleranceMs ?? 30 * MINUTE_MS;
    this.#leadMs = Math.min(5_000, 0.05 * timeoutMs);
    this.deadlineAt = loop.clock.now() + timeoutMs;
    addAbortListener(options.signal, this);
  }

  get #budgetEndsAt(): number {
    return (this.#missingSince ?? Number.POSITIVE_INFINITY) + this.#toleranceMs + this.#uncountedMs;
  }

  get #lastPollAt(): number {
    return this.deadlineAt - this.#leadMs;
  }

  /** Plans the first poll: at once for an old operation, after one interval for a new one. */
  begin(polls: PollTracker): void {
    const now = this.#loop.clock.now();
    const startedAt = this.#operation.startedAt.getTime();
    const first = Math.max(
      this.#delay(polls, startedAt),
      askedPause(this.#definition.pollAfterMs, this.#options.maxRetryAfterMs),
    );
    const due = Math.max(now, startedAt + first);
    this.nextPollAt = Math.min(due, now + first, Math.max(now, this.#lastPollAt));
  }

  /** Told when a poll starts. A machine that was suspended may start its last look after the deadline. */
  pollStarts(now: number): void {
    this.#polls += 1;
    this.#isPollAfterSleep = this.#hasOverslept || now >= this.deadlineAt;
    this.#hasOverslept = false;
    if (now >= this.#lastPollAt) this.#lastPollTaken = true;
  }

  /** Until when a poll that started at `startedAt` may keep this wait: its deadline, however late another waiter's poll. */
  patienceEndsAt(startedAt: number): number {
    return this.#isPollAfterSleep ? Math.max(this.deadlineAt, startedAt + this.#leadMs) : this.deadlineAt;
  }

  /** The moment of a poll that nothing may hold back: the last one, or the one that ends the outage budget. */
  get mustPollAt(): number {
    return this.#lastPollTaken ? Number.POSITIVE_INFINITY : Math.min(this.#lastPollAt, this.#budgetPollAt);
  }

  isOver(now: number): boolean {
    return this.#lastPollTaken && now >= this.deadlineAt;
  }

  see(status: OperationStatus<Result>, polls: PollTracker): void {
    const now = this.#loop.clock.now();
    this.#closeOutage(now);
    this.#seenOnce = true;
    this.#absent = undefined;
    this.#refused = undefined;
    this.#count(status.state);
    this.#lastStatus = status;
    this.#lastSeenAt = now;
    const internals = internalsOf(this.#operation);
    if (internals && status.state !== 'running') internals.ended = status;
    if (this.#definition.onEvent) {
      const percent = status.percent === undefined ? {} : { percent: status.percent };
      this.#event({ type: 'poll', at: now, ...this.#identity, state: status.state, ...percent });
    }
    this.#sink.status?.(status, polls);
    this.#tellProgress(status);
    if (this.done) return;
    if (status.state !== 'running') {
      this.#end(status, now);
    } else if (this.#untilReady && this.#definition.isReady?.(status)) {
      this.#finish(() => this.#sink.resolve(this.#readyResult(status, now)));
    } else {
      this.#plan(polls, now, askedPause(status.pollAfterMs, this.#options.maxRetryAfterMs));
    }
  }

  miss(error: unknown, polls: PollTracker): void {
    const now = this.#loop.clock.now();
    this.#lastError = error;
    this.#count(errorLabel(error));
    const asked = ApiError.isInstance(error) ? error.retryAfterMs : undefined;
    const hint = askedPause(asked, this.#options.maxRetryAfterMs ?? LONGEST_PAUSE_AFTER_ERROR_MS);
    const verdict = this.#verdict(error);
    if (verdict === 'limited') {
      this.#closeOutage(now);
      this.#plan(polls, now, hint);
      return;
    }
    if (this.#missingSince === undefined) this.#uncountedMs = 0;
    this.#missingSince ??= now;
    const since = this.#missingSince;
    this.#event({ type: 'outage', at: now, ...this.#identity, since, error });
    this.#sink.unreachable?.(since, error);
    if (this.done) return;
    switch (verdict) {
      case 'give-up':
        return this.#loseAccess();
      case 'refused':
        return this.#refusedOnce(polls, now, hint);
      case 'absent':
        return this.#absentOnce(polls, now, hint);
      default: {
        if (now >= this.#budgetEndsAt) return this.fail(this.#outage('unreachable', since));
        this.#plan(polls, now, hint, this.#budgetEndsAt);
        this.#budgetPollAt = this.#budgetEndsAt;
      }
    }
  }

  /** The machine was suspended for so long: nobody polled, so no budget is spent, and one poll is due before any verdict. */
  suspended(ms: number): void {
    this.#uncountedMs += ms;
    this.#budgetPollAt += ms;
    this.#lastPollTaken = false;
    this.#hasOverslept = true;
  }

  /** The clock was set back by so much: what was to come keeps its distance. */
  setBack(ms: number): void {
    this.deadlineAt -= ms;
    this.nextPollAt -= ms;
    this.#budgetPollAt -= ms;
    if (this.#missingSince !== undefined) this.#missingSince -= ms;
    if (this.#absent) this.#absent.since -= ms;
    if (this.#refused) this.#refused.since -= ms;
  }

  timeOut(isPollPending = false): void {
    if (isPollPending) this.#count('no answer yet');
    const advice = this.#definition.timeoutAdvice;
    this.fail(
      new WaitTimeoutError(
        `${this.#name} had not ended when the wait reached its deadline; it goes on at the vendor.${advice === undefined ? '' : ` ${advice}`}`,
        this.#unknown(advice),
      ),
    );
  }

  /** The caller's signal has aborted. */
  handleEvent(): void {
    this.leave(this.#options.signal?.reason);
  }

  /** Ends this wait, and with the last one the loop. */
  leave(reason: unknown): void {
    const message = `The wait for ${this.#name} was aborted; the operation itself was not canceled.`;
    this.fail(new WaitAbortedError(message, { ...this.#unknown(undefined), cause: reason }));
    this.#loop.sweep();
  }

  #verdict(error: unknown): PollVerdict {
    try {
      const internals = internalsOf(this.#operation);
      return internals ? internals.verdict(error) : defaultPollVerdict(error);
    } catch {
      return 'outage';
    }
  }

  #refusedOnce(polls: PollTracker, now: number, hint: number): void {
    this.#refused ??= { polls: 0, since: now };
    this.#refused.polls += 1;
    if (this.#refused.polls >= REFUSED_POLLS && now - this.#refused.since >= REFUSED_MS) return this.#loseAccess();
    this.#plan(polls, now, Math.max(hint, REFUSED_MS / (REFUSED_POLLS - 1)));
  }

  #absentOnce(polls: PollTracker, now: number, hint: number): void {
    const isFresh = now - this.#operation.startedAt.getTime() < ABSENT_MS;
    this.#absent ??= { polls: 0, since: now };
    this.#absent.polls += 1;
    const { polls: count, since } = this.#absent;
    const isTolerable = (isFresh || this.#seenOnce || count > 1) && count < ABSENT_POLLS && now - since < ABSENT_MS;
    if (!isTolerable) return this.fail(this.#outage('gone', since));
    // Spreads the ten polls over the minute where the caller has not chosen a cadence.
    const spread = this.#options.cadence ? 0 : 1_500 * count;
    this.#plan(polls, now, Math.max(hint, spread), since + ABSENT_MS);
  }

  #end(status: TerminalStatus<Result>, now: number): void {
    const { state, message } = status;
    const handle = this.#operation.toJSON();
    const wait = this.#wait(now);
    if (this.#untilReady || state === 'failed' || state === 'canceled') {
      const reason = message ?? 'The vendor gave no reason.';
      const failure = ('failure' in status && status.failure) || { message: reason, details: status.raw };
      const verb = state === 'canceled' ? 'was canceled' : state === 'failed' ? 'failed' : `ended (${state})`;
      const text = `${this.#name} ${verb}${this.#untilReady ? ' before it was ready' : ''}: ${failure.message}`;
      const ended = state === 'canceled' ? state : 'failed';
      return this.fail(new OperationFailedError(text, { state: ended, failure, handle, wait }));
    }
    const { result } = status;
    if (state === 'partial' && this.#options.accept !== 'partial') {
      const text = `${this.#name} ended, and not all of it was restored${message ? `: ${message}` : '.'}`;
      return this.fail(new PartialRestoreError(text, { result, handle, wait }));
    }
    this.#finish(() =>
      this.#sink.resolve({ state, result, ...(message === undefined ? {} : { message }), ...wait, handle }),
    );
  }

  #readyResult(status: RunningStatus, now: number): ReadyResult {
    const { state, percent, message } = status;
    return {
      state,
      ...(percent === undefined ? {} : { percent }),
      ...(message === undefined ? {} : { message }),
      ...this.#wait(now),
      handle: this.#operation.toJSON(),
    };
  }

  #plan(polls: PollTracker, now: number, hint: number, noLaterThan = Number.POSITIVE_INFINITY): void {
    this.#budgetPollAt = Number.POSITIVE_INFINITY;
    if (this.#lastPollTaken) {
      this.nextPollAt = Number.POSITIVE_INFINITY;
      return;
    }
    const wanted = now + Math.max(this.#delay(polls, now), hint);
    this.nextPollAt = Math.min(wanted, Math.max(now, noLaterThan), Math.max(now, this.#lastPollAt));
  }

  #delay(polls: PollTracker, now: number): number {
    const history = polls.history(this.#operation.startedAt.getTime(), now, randomOf(this.#loop.clock));
    return delayOf(this.#options.cadence ?? this.#definition.cadence, history);
  }

  #closeOutage(now: number): void {
    if (this.#missingSince === undefined) return;
    this.#unreachableMs += now - this.#missingSince;
    this.#missingSince = undefined;
  }

  #loseAccess(): void {
    const why = this.#lastError instanceof Error ? ` (${this.#lastError.message})` : '';
    this.fail(
      new AccessLostError(`We may no longer poll ${this.#name}${why}; how it ends is not known.`, {
        ...this.#unknown('Check the credentials and roles, which the restore itself may have replaced, and resume.'),
        cause: this.#lastError,
      }),
    );
  }

  #outage(reason: 'unreachable' | 'gone', since: number): OutageError {
    const last = this.#lastError instanceof Error ? ` Last: ${this.#lastError.message}` : '';
    const message =
      reason === 'gone'
        ? `The vendor no longer knows ${this.#name}; how it ended is not known.`
        : `${this.#name} could not be seen for ${Math.round((this.#loop.clock.now() - since) / 1000)} s; it may be running, or have ended.${last}`;
    return new OutageError(message, {
      ...this.#unknown('Nothing says that the restore failed. Look again later with the handle.'),
      reason,
      since: new Date(since),
      cause: this.#lastError,
    });
  }

  get #identity() {
    const note = this.#definition.note;
    return { kind: this.#operation.kind, id: this.#operation.id, ...(note === undefined ? {} : { note }) };
  }

  get #name(): string {
    return `${this.#operation.kind} ${this.#operation.id}`;
  }

  #wait(now: number): EndedWait {
    const { startedAt } = this.#operation;
    return {
      startedAt,
      completedAt: new Date(now),
      elapsedMs: Math.max(0, now - startedAt.getTime()),
      polls: this.#polls,
      unreachableMs: this.#unreachableMs + (this.#missingSince === undefined ? 0 : now - this.#missingSince),
      warnings: this.#lastStatus?.warnings ?? [],
      steps: this.#lastStatus?.steps ?? [],
    };
  }

  #unknown(advice: string | undefined): OutcomeUnknownDetails {
    const last = this.#lastStatus;
    return {
      handle: this.#operation.toJSON(),
      observed: { ...this.#observed },
      advice,
      lastSeen: last && {
        state: last.state,
        ...(last.message === undefined ? {} : { message: last.message }),
        ...(last.percent === undefined ? {} : { percent: last.percent }),
        at: new Date(this.#lastSeenAt),
      },
      ...(this.#missingSince === undefined ? {} : { cause: this.#lastError }),
    };
  }

  #count(what: string): void {
    this.#observed ??= {};
    this.#observed[what] = (this.#observed[what] ?? 0) + 1;
  }

  #tellProgress(status: OperationStatus<Result>): void {
    if (!this.#options.onProgress) return;
    callHandler(this.#options.onProgress, status, (error) =>
      this.#event({ type: 'handler-error', at: this.#loop.clock.now(), error }),
    );
  }

  #event(event: OperationEvent): void {
    callHandler(this.#definition.onEvent, event);
  }

  fail(error: Error): void {
    this.#finish(() => this.#sink.reject(error));
  }

  #finish(settle: () => void): void {
    if (this.done) return;
    this.done = true;
    removeAbortListener(this.#options.signal, this);
    settle();
  }
}
