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
import { defaultVerdict, type LookVerdict } from './look-verdict.ts';
import type { Looks } from './looks.ts';
import type { Operation } from './operation.ts';
import type { OperationDefinition } from './operation-definition.ts';
import type { OperationStatus, RunningStatus, TerminalStatus } from './status.ts';
import type { WaitOptions } from './wait-options.ts';
import type { ReadyResult, WaitResult } from './wait-result.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LONGEST_PAUSE_AFTER_ERROR_MS = 60 * MINUTE_MS;
const ABSENT_LOOKS = 10;
const ABSENT_MS = MINUTE_MS;
const REFUSED_LOOKS = 3;
const REFUSED_MS = 10 * MINUTE_MS;

/** Where a waiter's news goes. */
export interface Sink<Result> {
  status?(status: OperationStatus<Result>, looks: Looks): void;
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

/** One wait on one operation: its deadline, its budgets, and what it makes of each look. */
export class Waiter<Result> {
  done = false;
  /** When it wants the next look; Infinity once the last one before its deadline was taken. */
  nextLookAt = 0;
  deadlineAt: number;
  readonly #loop: LoopOfWaiters;
  readonly #operation: Operation<Result>;
  readonly #definition: Partial<OperationDefinition<Result>>;
  readonly #options: WaitOptions<Result>;
  readonly #untilReady: boolean;
  readonly #sink: Sink<Result>;
  readonly #leadMs: number;
  readonly #toleranceMs: number;
  #lastLookTaken = false;
  #hasOverslept = false;
  #isLookAfterSleep = false;
  /** When the outage budget ends, while it is being spent. */
  #budgetLookAt = Number.POSITIVE_INFINITY;
  #polls = 0;
  #missingSince: number | undefined;
  #unreachableMs = 0;
  /** Part of the current outage that the outage budget does not count. */
  #uncountedMs = 0;
  #seenOnce = false;
  #absent: { looks: number; since: number } | undefined;
  #refused: { looks: number; since: number } | undefined;
  #lastError: unknown;
  #lastStatus: OperationStatus<Result> | undefined;
  #lastSeenAt = 0;
  #observed: Record<string, number> | undefined;

  constructor(
    operation: Operation<Result>,
    options: WaitOptions<Result>,
    until: 'ready' | 'ended',
    loop: LoopOfWaiters,
    sink: Sink<Result>,
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

  get #lastLookAt(): number {
    return this.deadlineAt - this.#leadMs;
  }

  /** Plans the first look: at once for an old operation, after one interval for a new one. */
  begin(looks: Looks): void {
    const now = this.#loop.clock.now();
    const startedAt = this.#operation.startedAt.getTime();
    const first = Math.max(
      this.#delay(looks, startedAt),
      askedPause(this.#definition.pollAfterMs, this.#options.maxRetryAfterMs),
    );
    const due = Math.max(now, startedAt + first);
    this.nextLookAt = Math.min(due, now + first, Math.max(now, this.#lastLookAt));
  }

  /** Told when a look starts. A machine that was suspended may start its last look after the deadline. */
  lookStarts(now: number): void {
    this.#polls += 1;
    this.#isLookAfterSleep = this.#hasOverslept || now >= this.deadlineAt;
    this.#hasOverslept = false;
    if (now >= this.#lastLookAt) this.#lastLookTaken = true;
  }

  /** Until when a look that started at `startedAt` may keep this wait: its deadline, however late another waiter's look. */
  patienceEndsAt(startedAt: number): number {
    return this.#isLookAfterSleep ? Math.max(this.deadlineAt, startedAt + this.#leadMs) : this.deadlineAt;
  }

  /** The moment of a look that nothing may hold back: the last one, or the one that ends the outage budget. */
  get mustLookAt(): number {
    return this.#lastLookTaken ? Number.POSITIVE_INFINITY : Math.min(this.#lastLookAt, this.#budgetLookAt);
  }

  isOver(now: number): boolean {
    return this.#lastLookTaken && now >= this.deadlineAt;
  }

  see(status: OperationStatus<Result>, looks: Looks): void {
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
    this.#sink.status?.(status, looks);
    this.#tellProgress(status);
    if (this.done) return;
    if (status.state !== 'running') {
      this.#end(status, now);
    } else if (this.#untilReady && this.#definition.isReady?.(status)) {
      this.#finish(() => this.#sink.resolve(this.#readyResult(status, now)));
    } else {
      this.#plan(looks, now, askedPause(status.pollAfterMs, this.#options.maxRetryAfterMs));
    }
  }

  miss(error: unknown, looks: Looks): void {
    const now = this.#loop.clock.now();
    this.#lastError = error;
    this.#count(errorLabel(error));
    const asked = ApiError.isInstance(error) ? error.retryAfterMs : undefined;
    const hint = askedPause(asked, this.#options.maxRetryAfterMs ?? LONGEST_PAUSE_AFTER_ERROR_MS);
    const verdict = this.#verdict(error);
    if (verdict === 'limited') {
      this.#closeOutage(now);
      this.#plan(looks, now, hint);
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
        return this.#refusedOnce(looks, now, hint);
      case 'absent':
        return this.#absentOnce(looks, now, hint);
      default: {
        if (now >= this.#budgetEndsAt) return this.fail(this.#outage('unreachable', since));
        this.#plan(looks, now, hint, this.#budgetEndsAt);
        this.#budgetLookAt = this.#budgetEndsAt;
      }
    }
  }

  /** The machine was suspended for so long: nobody looked, so no budget is spent, and one look is due before any verdict. */
  suspended(ms: number): void {
    this.#uncountedMs += ms;
    this.#budgetLookAt += ms;
    this.#lastLookTaken = false;
    this.#hasOverslept = true;
  }

  /** The clock was set back by so much: what was to come keeps its distance. */
  setBack(ms: number): void {
    this.deadlineAt -= ms;
    this.nextLookAt -= ms;
    this.#budgetLookAt -= ms;
    if (this.#missingSince !== undefined) this.#missingSince -= ms;
    if (this.#absent) this.#absent.since -= ms;
    if (this.#refused) this.#refused.since -= ms;
  }

  timeOut(isLookPending = false): void {
    if (isLookPending) this.#count('no answer yet');
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

  #verdict(error: unknown): LookVerdict {
    try {
      const internals = internalsOf(this.#operation);
      return internals ? internals.verdict(error) : defaultVerdict(error);
    } catch {
      return 'outage';
    }
  }

  #refusedOnce(looks: Looks, now: number, hint: number): void {
    this.#refused ??= { looks: 0, since: now };
    this.#refused.looks += 1;
    if (this.#refused.looks >= REFUSED_LOOKS && now - this.#refused.since >= REFUSED_MS) return this.#loseAccess();
    this.#plan(looks, now, Math.max(hint, REFUSED_MS / (REFUSED_LOOKS - 1)));
  }

  #absentOnce(looks: Looks, now: number, hint: number): void {
    const isFresh = now - this.#operation.startedAt.getTime() < ABSENT_MS;
    this.#absent ??= { looks: 0, since: now };
    this.#absent.looks += 1;
    const { looks: count, since } = this.#absent;
    const isTolerable = (isFresh || this.#seenOnce || count > 1) && count < ABSENT_LOOKS && now - since < ABSENT_MS;
    if (!isTolerable) return this.fail(this.#outage('gone', since));
    // Spreads the ten looks over the minute where the caller has not chosen a cadence.
    const spread = this.#options.cadence ? 0 : 1_500 * count;
    this.#plan(looks, now, Math.max(hint, spread), since + ABSENT_MS);
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

  #plan(looks: Looks, now: number, hint: number, noLaterThan = Number.POSITIVE_INFINITY): void {
    this.#budgetLookAt = Number.POSITIVE_INFINITY;
    if (this.#lastLookTaken) {
      this.nextLookAt = Number.POSITIVE_INFINITY;
      return;
    }
    const wanted = now + Math.max(this.#delay(looks, now), hint);
    this.nextLookAt = Math.min(wanted, Math.max(now, noLaterThan), Math.max(now, this.#lastLookAt));
  }

  #delay(looks: Looks, now: number): number {
    const history = looks.history(this.#operation.startedAt.getTime(), now, randomOf(this.#loop.clock));
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
      new AccessLostError(`We may no longer look at ${this.#name}${why}; how it ends is not known.`, {
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
