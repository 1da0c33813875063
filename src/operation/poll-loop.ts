import { type Alarm, clearAlarm, setAlarm } from '../clock/alarm.ts';
import type { Clock } from '../clock/clock.ts';
import { LONGEST_TIMER_MS } from '../clock/system-clock.ts';
import { unlessQuick } from '../clock/unless-quick.ts';
import { definitionOf, internalsOf } from './internals.ts';
import type { HeldLoop, Lane } from './lane.ts';
import type { Operation } from './operation.ts';
import { PollAttempt } from './poll-attempt.ts';
import { PollTracker } from './poll-tracker.ts';
import { type OperationStatus, toStatus } from './status.ts';
import type { Waiter } from './waiter.ts';

/** An alarm that rings later than this was overslept: the machine was suspended. */
const SUSPENDED_MS = 30_000;
/** One that rings earlier than this rings in time: the clock was set back. Timers are a millisecond or two early at times. */
const SET_BACK_MS = 100;
const NEVER = Number.POSITIVE_INFINITY;

type Outcome<Result> = { readonly status: OperationStatus<Result> } | { readonly error: unknown };

/** The loop that an operation's waits share: by client, kind, id and clock. */
export function sharedLoop<Result>(operation: Operation<Result>, clock: Clock, gate?: Lane): PollLoop<Result> {
  const internals = internalsOf(operation);
  const loops = loopsOf(operation);
  const existing = loops ? loops.get(keyOf(operation)) : (internals?.loop as PollLoop<Result> | undefined);
  if (existing?.clock === clock) return existing;
  const loop = new PollLoop<Result>(operation, clock, gate);
  if (existing) return loop;
  if (loops) loops.set(keyOf(operation), loop);
  else if (internals) internals.loop = loop;
  return loop;
}

function unshare<Result>(operation: Operation<Result>, loop: PollLoop<Result>): void {
  const internals = internalsOf(operation);
  if (internals?.loop === loop) internals.loop = undefined;
  const loops = loopsOf(operation);
  if (loops?.get(keyOf(operation)) === loop) loops.delete(keyOf(operation));
}

function loopsOf<Result>(operation: Operation<Result>): Map<string, PollLoop<Result>> | undefined {
  return definitionOf(operation).lane?.loops as Map<string, PollLoop<Result>> | undefined;
}

function keyOf(operation: Operation<unknown>): string {
  return `${operation.kind} ${operation.id}`;
}

/** One poll loop for one operation, however many wait for it. Ends with its last waiter. */
export class PollLoop<Result> implements HeldLoop {
  readonly clock: Clock;
  readonly polls = new PollTracker();
  readonly #operation: Operation<Result>;
  readonly #gate: Lane | undefined;
  readonly #lane: Lane | undefined;
  #waiters: Waiter<Result>[] = [];
  #flight: PollAttempt | undefined;
  #alarm: Alarm | undefined;
  #alarmAt = 0;
  #landed: PollAttempt | undefined;
  /** The lane's turn for this loop, after it was held back. */
  #notBefore = 0;

  constructor(operation: Operation<Result>, clock: Clock, gate: Lane | undefined) {
    this.#operation = operation;
    this.clock = clock;
    this.#gate = gate;
    this.#lane = definitionOf(operation).lane;
  }

  join(waiter: Waiter<Result>): void {
    // A literal: push() would reserve room for sixteen more.
    this.#waiters = [...this.#waiters, waiter];
    waiter.begin(this.polls);
    this.#turn();
  }

  /** Takes the waiters that are done out; without any left, the sleep and the request in flight end at once. */
  sweep(): void {
    if (this.#waiters.some((waiter) => waiter.done)) this.#waiters = this.#waiters.filter((waiter) => !waiter.done);
    if (this.#waiters.length > 0) return;
    this.#disarm();
    this.#flight?.abort();
    this.#flight = undefined;
    this.#lane?.leave(this);
    unshare(this.#operation, this);
  }

  release(at: number): void {
    this.#notBefore = at;
    this.#turn();
  }

  share(error: unknown): void {
    this.#tell({ error });
    // Still due: it goes on to stand in line, and polls soon after the server is back.
    for (const waiter of this.#waiters) waiter.nextPollAt = Math.min(waiter.nextPollAt, this.clock.now());
    this.#turn();
  }

  recheck(): void {
    this.#turn();
  }

  /** Does what is due now, and sets the alarm for what comes next. */
  #turn(now = this.clock.now()): void {
    this.#disarm();
    if (this.#flight) return this.#guard(this.#flight, now);
    for (const waiter of this.#waiters) if (waiter.isOver(now)) waiter.timeOut();
    this.sweep();
    if (this.#waiters.length === 0) return;
    const wakeAt = this.#nextTurn(now);
    if (wakeAt <= now) this.#takeOff(now);
    else this.#arm(now, wakeAt);
  }

  /** When to wake: now to poll, later to ask again. */
  #nextTurn(now: number): number {
    let pollAt = NEVER;
    let mustAt = NEVER;
    for (const waiter of this.#waiters) {
      pollAt = Math.min(pollAt, waiter.nextPollAt);
      mustAt = Math.min(mustAt, waiter.mustPollAt, waiter.deadlineAt);
    }
    pollAt = Math.max(pollAt, this.#notBefore);
    if (Math.min(pollAt, mustAt) > now) return Math.min(pollAt, mustAt);
    const admission = this.#lane?.admit(this, now, mustAt <= now) ?? 'go';
    return admission === 'go' ? now : Math.min(admission, mustAt);
  }

  #arm(now: number, at: number): void {
    this.#alarmAt = Math.min(at, now + LONGEST_TIMER_MS);
    this.#alarm = setAlarm(this.clock, this.#alarmAt - now, this.#ring);
  }

  #disarm(): void {
    clearAlarm(this.#alarm);
    this.#alarm = undefined;
  }

  readonly #ring = (): void => {
    this.#alarm = undefined;
    const now = this.clock.now();
    const early = this.#alarmAt - now;
    this.#noticeSleep(this.#alarmAt, now);
    if (early >= SET_BACK_MS) {
      for (const waiter of this.#waiters) waiter.setBack(early);
      this.#notBefore -= early;
      this.#lane?.setBack(early);
    }
    this.#turn(now);
  };

  /** What should have come at `dueAt` comes now. After a suspension a poll in flight is stale, and a new one is owed. */
  #noticeSleep(dueAt: number, now: number): void {
    const overslept = now - dueAt;
    if (overslept < SUSPENDED_MS) return;
    for (const waiter of this.#waiters) waiter.suspended(overslept);
    this.#flight?.abort();
    this.#flight = undefined;
  }

  #takeOff(now: number): void {
    const flight = this.#landed?.again(now) ?? new PollAttempt(now);
    this.#landed = undefined;
    this.#flight = flight;
    for (const waiter of this.#waiters) waiter.pollStarts(now);
    this.#poll(flight).then(
      (status) => this.#land(flight, { status }),
      (error: unknown) => this.#land(flight, { error }),
    );
    // Only a slow poll needs a guard for the deadline.
    void unlessQuick(
      () => this.#flight === flight,
      () => {
        const now = this.clock.now();
        this.#noticeSleep(flight.startedAt, now);
        this.#turn(now);
      },
    );
  }

  #poll(flight: PollAttempt): Promise<OperationStatus<Result>> {
    const poll = () => internalsOf(this.#operation)?.poll(flight) ?? this.#pollForeign(flight);
    return this.#gate ? this.#gate.run(poll, flight.signal) : poll();
  }

  /** An operation of somebody else's making may throw where it should reject, and answer a state that is none. */
  async #pollForeign(flight: PollAttempt): Promise<OperationStatus<Result>> {
    const status = await this.#operation.poll(flight);
    return toStatus({ ...status, raw: status.raw });
  }

  /** Holds a slow poll no longer than each waiter's deadline allows. */
  #guard(flight: PollAttempt, now: number): void {
    let until = NEVER;
    for (const waiter of this.#waiters) {
      const patienceEndsAt = waiter.patienceEndsAt(flight.startedAt);
      if (patienceEndsAt <= now) waiter.timeOut(true);
      else until = Math.min(until, patienceEndsAt);
    }
    this.sweep();
    if (this.#flight === flight && until !== NEVER) this.#arm(now, until);
  }

  #land(flight: PollAttempt, outcome: Outcome<Result>): void {
    if (this.#flight !== flight) return;
    this.#flight = undefined;
    this.#landed = flight;
    if (this.#alarm) this.#noticeSleep(this.#alarmAt, this.clock.now());
    this.#tell(outcome);
    let retryAt = NEVER;
    for (const waiter of this.#waiters) retryAt = Math.min(retryAt, waiter.nextPollAt);
    this.#lane?.report(this, this.clock.now(), { ...('error' in outcome ? { error: outcome.error } : {}), retryAt });
    this.#turn();
  }

  #tell(outcome: Outcome<Result>): void {
    if ('status' in outcome) this.polls.good(outcome.status.percent, this.clock.now());
    else this.polls.failed();
    for (const waiter of this.#waiters) {
      if (waiter.done) continue;
      try {
        if ('status' in outcome) waiter.see(outcome.status, this.polls);
        else waiter.miss(outcome.error, this.polls);
      } catch (error) {
        // Thrown by the caller's code, such as `isReady`: without this, the wait would never end.
        waiter.fail(error as Error);
      }
    }
  }
}
