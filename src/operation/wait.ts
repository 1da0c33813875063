import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import type { Clock } from '../clock/clock.ts';
import { randomOf } from '../clock/random-of.ts';
import { systemClock } from '../clock/system-clock.ts';
import { markStarted } from '../errors/mark-started.ts';
import type { EndedWait } from '../errors/wait-facts.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { boundedPause } from './bounded-pause.ts';
import { delayOf } from './cadence.ts';
import { callHandler } from './call-handler.ts';
import { decide, type Observation } from './decide.ts';
import type { PollFailure } from './decide-on-failure.ts';
import type { Decision, Ending } from './decision.ts';
import { errorLabel, factsOf } from './error-label.ts';
import type { OperationEvent, WaitOutcome } from './events.ts';
import type { Operation } from './operation.ts';
import type { OperationEnd } from './operation-definition.ts';
import { hasEndedWithoutVerdict, type OperationSource } from './operation-source.ts';
import type { PollTracker } from './poll-tracker.ts';
import { type OperationStatus, type TerminalStatus, unreachableUpdate, type WaitUpdate } from './status.ts';
import * as errors from './wait-errors.ts';
import type { BeginOptions } from './wait-options.ts';
import type { ReadyResult, WaitResult } from './wait-result.ts';
import { giveUpAt, initialState, NEVER, unreachableSoFar, type WaitRules, type WaitState } from './wait-state.ts';

const DAY_MS = 86_400_000;
const HALF_HOUR_MS = 1_800_000;
const LONGEST_PAUSE_AFTER_ERROR_MS = 3_600_000;
const VERDICTS: readonly unknown[] = ['absent', 'refused', 'limited', 'give-up'];

/** Receives the progress and the result of a wait. */
export interface WaitObserver<Result> {
  status?(status: OperationStatus<Result>, polls: PollTracker): void;
  unreachable?(since: number, error: unknown): void;
  resolve(result: WaitResult<Result> | ReadyResult): void;
  reject(error: Error): void;
}

/** The part of a poll loop that its waits use. */
export interface LoopOfWait {
  readonly clock: Clock;
  readonly polls: PollTracker;
  /** Whether a poll is pending. */
  readonly isPolling: boolean;
  /** Called by a wait that has ended. */
  removeDone(): void;
}

/** One wait for one operation. It carries out the decisions of `decide`. */
export class Wait<Result> implements WaitRules {
  done = false;
  state: WaitState<Result>;
  readonly lastPollLeadMs: number;
  readonly outageToleranceMs: number;
  readonly source: OperationSource<Result>;
  readonly #operation: Operation<Result>;
  readonly #options: BeginOptions<Result>;
  readonly #loop: LoopOfWait;
  readonly #observer: WaitObserver<Result>;
  readonly #pollsBefore: number;
  /** Whether code of the caller gets each status. */
  readonly #isStatusShown: boolean;

  constructor(
    operation: Operation<Result>,
    source: OperationSource<Result>,
    options: BeginOptions<Result>,
    loop: LoopOfWait,
    observer: WaitObserver<Result>,
  ) {
    const { definition } = source;
    const timeoutMs = options.timeoutMs ?? definition.timeoutMs ?? DAY_MS;
    this.#operation = operation;
    this.source = source;
    this.#options = options;
    this.#observer = observer;
    this.#loop = loop;
    this.#pollsBefore = loop.polls.started;
    this.#isStatusShown = [options.onProgress, options.until, observer.status].some((shown) => shown !== undefined);
    this.outageToleranceMs = options.outageToleranceMs ?? definition.outageToleranceMs ?? HALF_HOUR_MS;
    this.lastPollLeadMs = Math.min(5_000, 0.05 * timeoutMs);
    const now = loop.clock.now();
    const knownAt = this.#hasOwnClock ? Math.min(source.knownAt, now) : now;
    this.state = initialState(now, this, { timeoutMs, firstPollAt: this.#firstPollAt(now), knownAt });
    addAbortListener(options.signal, this);
  }

  get hasOwnCadence(): boolean {
    return this.#options.cadence !== undefined;
  }

  /** When the wait has to report or end something, even without a poll. */
  wakeAt(pollStartedAt: number | undefined): number {
    const isTold = this.#options.onProgress !== undefined || this.#observer.unreachable !== undefined;
    return Math.min(giveUpAt(this.state, pollStartedAt), (isTold && this.state.failures?.tellAt) || NEVER);
  }

  seeStatus(status: OperationStatus<Result>, startedAt: number, now: number): void {
    if (this.#isStatusShown || status.state !== 'running') Object.freeze(status);
    if (status.state !== 'running' && this.#isHeldBack({ status }, () => this.#onStatus(status, startedAt, now)))
      return;
    this.#onStatus(status, startedAt, now);
  }

  seeError(error: unknown, startedAt: number, now: number, isOfAnother: boolean): void {
    const again = () => this.#onError(error, startedAt, now, isOfAnother);
    if (hasEndedWithoutVerdict(error) && this.#isHeldBack({ error }, again)) return;
    again();
  }

  checkTime(now: number, pollStartedAt: number | undefined): void {
    if (now < this.wakeAt(pollStartedAt)) return;
    const { tellsUnreachable, ending } = this.#decide({ type: 'time', pollStartedAt }, now);
    if (tellsUnreachable) this.#tellUnreachable();
    if (ending && !this.done) this.#end(ending, now);
  }

  suspended(ms: number, now: number): void {
    this.#decide({ type: 'suspended', ms }, now);
  }

  setBack(ms: number, now: number): void {
    this.#decide({ type: 'set-back', ms }, now);
  }

  /** The caller's signal has aborted. */
  handleEvent(): void {
    this.leave(this.#options.signal?.reason);
  }

  /** Ends this wait, and with the last one the loop. */
  leave(reason: unknown): void {
    if (!this.done) this.fail(errors.abortError(this.#facts(this.#loop.clock.now()), reason));
    this.#loop.removeDone();
  }

  fail(error: Error, outcome: WaitOutcome = 'unknown'): void {
    this.#finish(outcome, () => this.#observer.reject(error), error);
  }

  /** While `onEnded` runs, the wait ignores its deadline, so that an end that was seen is reported. */
  #isHeldBack(end: OperationEnd<Result>, tell: () => void): boolean {
    const closing = this.source.close(end);
    if (!closing) return false;
    this.state = { ...this.state, nextPollAt: NEVER, mustPollAt: NEVER, deadlineAt: NEVER };
    void closing.then(() => {
      if (!this.done) tell();
      this.#loop.removeDone();
    });
    return true;
  }

  #onStatus(status: OperationStatus<Result>, startedAt: number, now: number): void {
    const { definition } = this.source;
    const isRunning = status.state === 'running';
    const asked = isRunning ? boundedPause(status.pollAfterMs, this.#options.maxRetryAfterMs) : 0;
    const pauseMs = isRunning ? Math.max(this.#delay(now), asked) : 0;
    const isReady = this.#options.until !== undefined && isRunning && definition.isReady?.(status) === true;
    const { ending } = this.#decide({ type: 'status', status, startedAt, pauseMs, isReady }, now);
    if (this.#hasOwnClock) {
      this.source.knownAt = now;
      if (isRunning) this.source.runningAt = now;
    }
    if (definition.onEvent) {
      const percent = status.percent === undefined ? {} : { percent: status.percent };
      this.#event({ type: 'poll', at: now, ...this.#identity, state: status.state, ...percent });
    }
    this.#observer.status?.(status, this.#loop.polls);
    if (this.#options.onProgress) this.#tellProgress(status);
    if (ending && !this.done) this.#end(ending, now);
  }

  #onError(error: unknown, startedAt: number, now: number, isOfAnother: boolean): void {
    const facts = factsOf(error);
    const { ending, tellsUnreachable } = this.#decide(
      {
        type: 'failure',
        error,
        label: errorLabel(error),
        meaning: this.#meaningOf(error),
        startedAt,
        delayMs: this.#delay(now),
        askedMs: boundedPause(facts?.retryAfterMs, this.#options.maxRetryAfterMs ?? LONGEST_PAUSE_AFTER_ERROR_MS),
        isOfAnother,
      },
      now,
    );
    const since = this.state.failures?.lostAt;
    if (since !== undefined) this.#event({ type: 'outage', at: now, ...this.#identity, since, error });
    if (tellsUnreachable) this.#tellUnreachable();
    if (ending && !this.done) this.#end(ending, now);
  }

  #decide(observation: Observation<Result>, now: number): Decision<Result> {
    const decision = decide(this.state, observation, now, this);
    this.state = decision.state;
    return decision;
  }

  #meaningOf(error: unknown): PollFailure['meaning'] {
    if (hasEndedWithoutVerdict(error)) return 'no-verdict';
    const { code, field } = factsOf(error) ?? {};
    if (code === 'handle') return 'wrong-handle';
    if (code === 'configuration' && field === 'poll') return 'no-status';
    const verdict = this.source.verdict(error);
    return VERDICTS.includes(verdict) ? verdict : 'outage';
  }

  #end(ending: Ending<Result>, now: number): void {
    switch (ending.type) {
      case 'ended':
        return this.#endWith(ending.status, now);
      case 'ready':
        return this.#finish('ready', () => this.#observer.resolve(this.#readyResult(now)));
      case 'wrong-handle':
        return this.fail(markStarted(this.state.failures?.lastError, 'yes') as Error);
      default:
        return this.fail(errorOf(ending.type, this.#facts(now)));
    }
  }

  #endWith(status: TerminalStatus<Result>, now: number): void {
    const { state, message } = status;
    const handle = this.#operation.toJSON();
    const wait = this.#endedWait(now);
    const isGood = state === 'succeeded' || (state === 'partial' && this.#options.accept === 'partial');
    if (!isGood || this.#options.until !== undefined)
      return this.fail(errors.endError(status, handle, wait, this.#options.until !== undefined), state);
    const told = message === undefined ? {} : { message };
    this.#finish(state, () => this.#observer.resolve({ state, result: status.result, ...told, ...wait, handle }));
  }

  #readyResult(now: number): ReadyResult {
    const { percent, message } = this.state.status ?? {};
    return {
      state: 'running',
      ...omitUndefined({ percent, message }),
      ...this.#endedWait(now),
      handle: this.#operation.toJSON(),
    };
  }

  #endedWait(now: number): EndedWait {
    const { startedAt } = this.#operation;
    return {
      startedAt,
      completedAt: new Date(now),
      elapsedMs: Math.max(0, now - startedAt.getTime()),
      polls: this.#loop.polls.started - this.#pollsBefore,
      unreachableMs: unreachableSoFar(this.state, now),
      warnings: this.state.status?.warnings ?? [],
      steps: this.state.status?.steps ?? [],
    };
  }

  /** The first poll is at once for an old operation, and after one interval for a new one. */
  #firstPollAt(now: number): number {
    const startedAt = this.#operation.startedAt.getTime();
    const asked = boundedPause(this.source.definition.pollAfterMs, this.#options.maxRetryAfterMs);
    const pauseMs = Math.max(this.#delay(startedAt), asked);
    return Math.min(Math.max(now, startedAt + pauseMs), now + pauseMs);
  }

  #delay(now: number): number {
    const { clock, polls } = this.#loop;
    const history = polls.history(this.#operation.startedAt.getTime(), now, randomOf(clock));
    return delayOf(this.#options.cadence ?? this.source.definition.cadence, history);
  }

  get #hasOwnClock(): boolean {
    return this.#loop.clock === (this.source.definition.clock ?? systemClock);
  }

  get #identity() {
    const { note } = this.source.definition;
    return { kind: this.#operation.kind, id: this.#operation.id, ...omitUndefined({ note }) };
  }

  #facts(now: number): errors.WaitFacts<Result> {
    const { timeoutAdvice } = this.source.definition;
    return { operation: this.#operation, state: this.state, now, isPollPending: this.#loop.isPolling, timeoutAdvice };
  }

  #tellUnreachable(): void {
    const { lostAt = 0, lastError: error } = this.state.failures ?? {};
    this.#observer.unreachable?.(lostAt, error);
    if (this.#options.onProgress) this.#tellProgress(unreachableUpdate(lostAt, error));
  }

  #tellProgress(update: WaitUpdate<Result>): void {
    callHandler(this.#options.onProgress, update, (error) =>
      this.#event({ type: 'handler-error', at: this.#loop.clock.now(), error }),
    );
  }

  #event(event: OperationEvent): void {
    callHandler(this.source.definition.onEvent, event);
  }

  #finish(outcome: WaitOutcome, settle: () => void, error?: Error): void {
    if (this.done) return;
    this.done = true;
    removeAbortListener(this.#options.signal, this);
    settle();
    if (this.source.definition.onEvent) this.#tellEnded(outcome, error);
  }

  #tellEnded(outcome: WaitOutcome, error: Error | undefined): void {
    const at = this.#loop.clock.now();
    const { polls, unreachableMs, startedAt } = this.#endedWait(at);
    const told = error === undefined ? {} : { error };
    const ended = { outcome, startedAt: startedAt.getTime(), polls, unreachableMs, ...told };
    this.#event({ type: 'wait-ended', at, ...this.#identity, ...ended });
  }
}

function errorOf(
  type: Exclude<Ending<never>['type'], 'ended' | 'ready' | 'wrong-handle'>,
  facts: errors.WaitFacts<unknown>,
): Error {
  switch (type) {
    case 'timeout':
      return errors.timeoutError(facts);
    case 'unreachable':
    case 'gone':
      return errors.outageError(facts, type);
    case 'access-lost':
      return errors.accessLostError(facts);
    case 'no-verdict':
      return errors.noVerdictError(facts);
    case 'no-status':
      return errors.brokenPollError(facts);
  }
}
