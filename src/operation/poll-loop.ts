import type { Clock } from '../clock/clock.ts';
import { type Deadline, startDeadline } from '../clock/deadline.ts';
import { LONGEST_TIMER_MS, systemClock } from '../clock/system-clock.ts';
import { startTimer, stopTimer, type Timer } from '../clock/timer.ts';
import { afterTurn, stopTurn, type Turn } from '../clock/turn.ts';
import type { BreakerLoop, CircuitBreaker } from './circuit-breaker.ts';
import type { ConcurrencyLimit } from './concurrency-limit.ts';
import type { OperationSource } from './operation-source.ts';
import { PollAttempt } from './poll-attempt.ts';
import { PollTracker } from './poll-tracker.ts';
import { completeStatus, type OperationStatus, type StatusDraft } from './status.ts';
import type { Wait } from './wait.ts';
import { NEVER } from './wait-state.ts';

/** If a timer fires this late, the machine was suspended. */
const SUSPENDED_MS = 30_000;
/** If a timer fires earlier than this, the clock was set back. Timers may be a millisecond or two early. */
const SET_BACK_MS = 100;

/** The loop that the waits of an operation share. Client, kind, id and clock must be the same. */
export function loopOf<Result>(
  source: OperationSource<Result>,
  clock: Clock,
  limit: ConcurrencyLimit | undefined,
): PollLoop<Result> {
  const loops = source.definition.shared?.loops;
  const existing = (loops ? loops.get(keyOf(source)) : source.loop) as PollLoop<Result> | undefined;
  if (existing?.clock === clock) return existing;
  const loop = new PollLoop<Result>(source, clock, limit);
  if (existing) return loop;
  if (loops) loops.set(keyOf(source), loop);
  else source.loop = loop;
  return loop;
}

function keyOf({ definition }: { readonly definition: { readonly kind: string; readonly id: string } }): string {
  return `${definition.kind} ${definition.id}`;
}

/** Polls one operation for all its waits. It owns the timers and the pending poll, and ends with the last wait. */
export class PollLoop<Result> implements BreakerLoop {
  readonly clock: Clock;
  readonly polls: PollTracker = new PollTracker();
  readonly #source: OperationSource<Result>;
  readonly #limit: ConcurrencyLimit | undefined;
  #waits: Wait<Result>[] = [];
  /** The pending poll. */
  #attempt: PollAttempt<StatusDraft<Result>> | undefined;
  /** An attempt that has ended and can be used again. */
  #spare: PollAttempt<StatusDraft<Result>> | undefined;
  /** The timer between polls. */
  #timer: Timer | undefined;
  /** While a poll is pending: the end of the turn of the event loop in which it began. */
  #turn: Turn | undefined;
  #deadline: Deadline | undefined;
  /** When the timer or the deadline is due, in milliseconds since the epoch. */
  #dueAt = NEVER;
  /** No poll before this time, because the circuit breaker held this loop back. */
  #notBefore = 0;

  constructor(source: OperationSource<Result>, clock: Clock, limit: ConcurrencyLimit | undefined) {
    this.#source = source;
    this.clock = clock;
    this.#limit = limit;
  }

  join(wait: Wait<Result>): void {
    // A new array, because push() would reserve memory for sixteen more items.
    this.#waits = [...this.#waits, wait];
    this.#proceed();
  }

  /** Removes the waits that have ended. If none is left, the timer and the pending request end at once. */
  removeDone(): void {
    this.#waits = this.#waits.filter((wait) => !wait.done);
    if (this.#waits.length > 0) return;
    this.#stopTimers();
    this.#dropAttempt();
    this.#breaker?.leave(this);
    this.#forget();
  }

  resumeAt(at: number): void {
    this.#notBefore = at;
    this.#proceed();
  }

  failWith(error: unknown): void {
    const now = this.clock.now();
    this.polls.failed();
    for (const wait of this.#waits) tellError(wait, error, 0, now, true);
    this.#proceed(now);
  }

  recheck(): void {
    this.#proceed();
  }

  get isPolling(): boolean {
    return this.#attempt !== undefined;
  }

  get #breaker(): CircuitBreaker | undefined {
    return this.#source.definition.shared?.breaker;
  }

  #forget(): void {
    if (this.#source.loop === this) this.#source.loop = undefined;
    const loops = this.#source.definition.shared?.loops;
    if (loops?.get(keyOf(this.#source)) === this) loops.delete(keyOf(this.#source));
  }

  /** Does what is due now and sets the timer for the next step. */
  #proceed(now = this.clock.now()): void {
    this.#stopTimers();
    const pollStartedAt = this.#attempt?.startedAt;
    let isAnyDone = false;
    for (const wait of this.#waits) {
      wait.checkTime(now, pollStartedAt);
      isAnyDone ||= wait.done;
    }
    if (isAnyDone) this.removeDone();
    if (this.#waits.length === 0) return;
    if (this.#attempt) return this.#guard(now, this.#attempt);
    const at = this.#nextTurn(now);
    if (at <= now) this.#poll(now);
    else this.#sleepUntil(at, now);
  }

  /** When to continue: `now` to poll at once, or a later time. */
  #nextTurn(now: number): number {
    let pollAt = NEVER;
    let mustAt = NEVER;
    let wakeAt = NEVER;
    for (const wait of this.#waits) {
      pollAt = Math.min(pollAt, wait.state.nextPollAt);
      mustAt = Math.min(mustAt, wait.state.mustPollAt);
      wakeAt = Math.min(wakeAt, wait.wakeAt(undefined));
    }
    pollAt = Math.min(Math.max(pollAt, this.#notBefore), mustAt);
    if (pollAt > now) return Math.max(now + 1, Math.min(pollAt, wakeAt));
    const admission = this.#breaker?.admit(this, now, mustAt <= now) ?? 'go';
    return admission === 'go' ? now : Math.max(now + 1, Math.min(admission, mustAt, wakeAt));
  }

  #sleepUntil(at: number, now: number): void {
    if (at === NEVER) return;
    this.#dueAt = Math.min(at, now + LONGEST_TIMER_MS);
    this.#timer = startTimer(this.clock, this.#dueAt - now, this.#wake);
  }

  #stopTimers(): void {
    if (this.#timer) stopTimer(this.#timer);
    this.#deadline?.stop();
    this.#timer = undefined;
    this.#deadline = undefined;
    this.#dueAt = NEVER;
  }

  readonly #wake = (): void => {
    const now = this.clock.now();
    const dueAt = this.#dueAt;
    this.#timer = undefined;
    this.#noticeSuspension(dueAt, now);
    if (dueAt - now >= SET_BACK_MS) this.#setBack(dueAt - now, now);
    this.#proceed(now);
  };

  #setBack(ms: number, now: number): void {
    for (const wait of this.#waits) wait.setBack(ms, now);
    this.#attempt?.setBack(ms);
    this.#notBefore -= ms;
    this.#breaker?.setBack(ms);
  }

  /**
   * Compares the time at which a timer was due with the time at which it fired. After a suspension the pending poll is
   * stale, and a new one is needed.
   */
  #noticeSuspension(dueAt: number, now: number): void {
    const overslept = now - dueAt;
    if (overslept < SUSPENDED_MS) return;
    for (const wait of this.#waits) wait.suspended(overslept, now);
    this.#dropAttempt();
  }

  #dropAttempt(): void {
    stopTurn(this.clock, this.#turn);
    this.#turn = undefined;
    this.#attempt?.abort();
    this.#attempt = undefined;
  }

  #poll(now: number): void {
    const attempt = this.#spare?.again(now) ?? this.#newAttempt(now);
    this.#spare = undefined;
    this.#attempt = attempt;
    this.polls.started += 1;
    this.#turn = afterTurn(this.clock, this.#onSlowPoll);
    this.#ask(attempt).then(attempt.onAnswer, attempt.onFailure);
  }

  #newAttempt(now: number): PollAttempt<StatusDraft<Result>> {
    const attempt: PollAttempt<StatusDraft<Result>> = new PollAttempt(
      now,
      (draft) => this.#onAnswer(attempt, draft),
      (error) => this.#onFailure(attempt, error),
    );
    return attempt;
  }

  #ask(attempt: PollAttempt<StatusDraft<Result>>): Promise<StatusDraft<Result>> {
    const { definition } = this.#source;
    try {
      return this.#limit
        ? this.#limit.run(async () => definition.poll(attempt), attempt.signal)
        : Promise.resolve(definition.poll(attempt));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Answers from memory have arrived by now. Other polls get a timer for the earliest deadline. */
  readonly #onSlowPoll = (): void => {
    this.#turn = undefined;
    const now = this.clock.now();
    if (this.#attempt) this.#noticeSuspension(this.#attempt.startedAt, now);
    this.#proceed(now);
  };

  #guard(now: number, attempt: PollAttempt<StatusDraft<Result>>): void {
    if (this.#turn) return;
    let at = NEVER;
    for (const wait of this.#waits) at = Math.min(at, wait.wakeAt(attempt.startedAt));
    if (at === NEVER) return;
    this.#dueAt = Math.min(at, now + LONGEST_TIMER_MS);
    // Timers count the turn that has passed as a millisecond, and so do those of a test runner. Firing too early does
    // no harm.
    const early = this.clock === systemClock ? 1 : 0;
    this.#deadline = startDeadline(this.clock, this.#dueAt - early, this.#wake);
  }

  #onAnswer(attempt: PollAttempt<StatusDraft<Result>>, draft: StatusDraft<Result>): void {
    if (this.#attempt !== attempt) return;
    let status: OperationStatus<Result>;
    try {
      status = completeStatus(draft);
    } catch (error) {
      this.#onFailure(attempt, error);
      return;
    }
    const now = this.#endAttempt(attempt);
    this.polls.good(status.percent, now);
    for (const wait of this.#waits) tellStatus(wait, status, attempt.startedAt, now);
    this.#breaker?.succeeded(this, now);
    this.#proceed(now);
  }

  #onFailure(attempt: PollAttempt<StatusDraft<Result>>, error: unknown): void {
    if (this.#attempt !== attempt) return;
    const now = this.#endAttempt(attempt);
    this.polls.failed();
    for (const wait of this.#waits) tellError(wait, error, attempt.startedAt, now, false);
    let retryAt = NEVER;
    for (const wait of this.#waits) retryAt = Math.min(retryAt, wait.state.nextPollAt);
    this.#breaker?.failed(this, now, error, retryAt);
    this.#proceed(now);
  }

  #endAttempt(attempt: PollAttempt<StatusDraft<Result>>): number {
    const now = this.clock.now();
    stopTurn(this.clock, this.#turn);
    this.#turn = undefined;
    this.#attempt = undefined;
    this.#spare = attempt;
    if (this.#deadline) this.#noticeSuspension(this.#dueAt, now);
    return now;
  }
}

// What is thrown here comes from the caller's code, such as `isReady`. Without these, the wait would never end.

function tellStatus<Result>(wait: Wait<Result>, status: OperationStatus<Result>, startedAt: number, now: number): void {
  try {
    if (!wait.done) wait.seeStatus(status, startedAt, now);
  } catch (error) {
    wait.fail(error as Error);
  }
}

function tellError<Result>(
  wait: Wait<Result>,
  failure: unknown,
  startedAt: number,
  now: number,
  isOfAnother: boolean,
): void {
  try {
    if (!wait.done) wait.seeError(failure, startedAt, now, isOfAnother);
  } catch (error) {
    wait.fail(error as Error);
  }
}
