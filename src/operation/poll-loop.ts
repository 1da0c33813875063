import type { Clock } from '../clock/clock.ts';
import { internalsOf } from './internals.ts';
import type { HeldLoop, Lane } from './lane.ts';
import { Looks } from './looks.ts';
import type { Operation } from './operation.ts';
import { type OperationStatus, toStatus } from './status.ts';
import type { Waiter } from './waiter.ts';

/** A sleep that overruns by more than this was a suspended machine. */
const SUSPENDED_MS = 30_000;
/** A look that is served from memory settles within so many turns; only a slower one needs a guard for the deadline. */
const QUICK_TURNS = 10;

/** One poll loop for one operation, however many wait for it. Ends with its last waiter. */
export class PollLoop<Result> implements HeldLoop {
  readonly looks = new Looks();
  readonly #look: (options: { readonly signal: AbortSignal }) => Promise<OperationStatus<Result>>;
  readonly clock: Clock;
  readonly #onIdle: () => void;
  readonly #waiters = new Set<Waiter<Result>>();
  /** Ends the sleep and the look in flight. */
  #control: AbortController | undefined;
  /** Ends the guard of a slow look, so that it counts its waiters again. */
  #guardControl: AbortController | undefined;
  readonly #lane: Lane | undefined;
  #run = 0;
  #isAsleep = false;
  /** The lane's turn for this loop, after it was held back. */
  #notBefore = 0;

  constructor(operation: Operation<Result>, clock: Clock, gate: Lane | undefined, onIdle: () => void) {
    const look = internalsOf(operation).look ?? (async (options) => toStatus(await operation.poll(options)));
    this.#look = gate ? (options) => gate.run(() => look(options), options.signal) : look;
    this.clock = clock;
    this.#lane = internalsOf(operation).lane;
    this.#onIdle = onIdle;
  }

  join(waiter: Waiter<Result>): void {
    this.#waiters.add(waiter);
    waiter.begin(this.looks);
    if (this.#waiters.size === 1) {
      this.#run += 1;
      void this.#loop(this.#run);
    } else {
      this.recheck();
      this.#guardControl?.abort();
    }
  }

  /** Takes the waiters that are done out; without any left, the sleep and the request in flight end at once. */
  sweep(): void {
    for (const waiter of this.#waiters) if (waiter.done) this.#waiters.delete(waiter);
    if (this.#waiters.size > 0) return;
    this.#run += 1;
    this.#lane?.leave(this);
    this.#interrupt();
    this.#onIdle();
  }

  release(at: number): void {
    this.#notBefore = at;
    this.recheck();
  }

  share(error: unknown): void {
    this.#broadcast({ error });
    // Still due: it goes on to stand in line, and looks soon after the server is back.
    for (const waiter of this.#waiters) waiter.nextLookAt = Math.min(waiter.nextLookAt, this.clock.now());
    this.recheck();
  }

  recheck(): void {
    if (this.#isAsleep) this.#interrupt();
  }

  #interrupt(): void {
    const control = this.#control;
    this.#control = undefined;
    control?.abort();
  }

  async #loop(run: number): Promise<void> {
    while (this.#run === run) {
      const now = this.clock.now();
      for (const waiter of this.#waiters) if (waiter.isOver(now)) waiter.timeOut();
      this.sweep();
      if (this.#run !== run) return;
      const wakeAt = this.#nextTurn(now);
      if (wakeAt <= now) await this.#lookOnce(run, now);
      else await this.#sleep(run, wakeAt - now);
    }
  }

  /** When to wake: now to look, later to ask again. */
  #nextTurn(now: number): number {
    let lookAt = Number.POSITIVE_INFINITY;
    let mustAt = Number.POSITIVE_INFINITY;
    for (const waiter of this.#waiters) {
      lookAt = Math.min(lookAt, waiter.nextLookAt);
      mustAt = Math.min(mustAt, waiter.mustLookAt, waiter.deadlineAt);
    }
    lookAt = Math.max(lookAt, this.#notBefore);
    if (Math.min(lookAt, mustAt) > now) return Math.min(lookAt, mustAt);
    const admission = this.#lane?.admit(this, now, mustAt <= now) ?? 'go';
    return admission === 'go' ? now : Math.min(admission, mustAt);
  }

  async #sleep(run: number, ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    this.#isAsleep = true;
    try {
      await this.clock.sleep(ms, this.#signal());
    } catch {
      // Interrupted: a faster waiter came, or the last one left.
      return;
    } finally {
      this.#isAsleep = false;
    }
    if (this.#run === run) this.#noteSuspension(until);
  }

  #noteSuspension(until: number): boolean {
    const overrun = this.clock.now() - until;
    if (overrun < SUSPENDED_MS) return false;
    for (const waiter of this.#waiters) waiter.suspended(overrun);
    return true;
  }

  async #lookOnce(run: number, startedAt: number): Promise<void> {
    for (const waiter of this.#waiters) waiter.lookStarts(startedAt);
    let outcome: { readonly status: OperationStatus<Result> } | { readonly error: unknown } | undefined;
    const looking = this.#settle((result) => {
      outcome = result;
    });
    for (let turn = 0; turn < QUICK_TURNS && outcome === undefined; turn += 1) await undefined;
    if (outcome === undefined) await this.#guard(run, startedAt, looking, () => outcome !== undefined);
    if (this.#run !== run || outcome === undefined) return;
    this.#broadcast(outcome);
    const retryAt = Math.min(...Array.from(this.#waiters, (waiter) => waiter.nextLookAt));
    this.#lane?.report(this, this.clock.now(), { ...('error' in outcome ? { error: outcome.error } : {}), retryAt });
  }

  async #settle(
    done: (outcome: { readonly status: OperationStatus<Result> } | { readonly error: unknown }) => void,
  ): Promise<void> {
    try {
      done({ status: await this.#look({ signal: this.#signal() }) });
    } catch (error) {
      done({ error });
    }
  }

  /** Waits for a slow look, no longer than each waiter's deadline allows. */
  async #guard(run: number, startedAt: number, looking: Promise<void>, isSettled: () => boolean): Promise<void> {
    while (!isSettled() && this.#run === run) {
      const until = Math.min(...Array.from(this.#waiters, (waiter) => waiter.patienceEndsAt(startedAt)));
      const guard = new AbortController();
      this.#guardControl = guard;
      const alarm = this.clock.sleep(until - this.clock.now(), guard.signal);
      await Promise.race([looking, alarm, this.#stopped(guard.signal)]).catch(() => undefined);
      this.#guardControl = undefined;
      guard.abort();
      if (isSettled() || this.#run !== run) return;
      const now = this.clock.now();
      if (now < until) continue;
      if (this.#noteSuspension(until)) return this.#interrupt();
      for (const waiter of this.#waiters) if (waiter.patienceEndsAt(startedAt) <= now) waiter.timeOut(true);
      this.sweep();
    }
  }

  /** Resolves when the loop is stopped or interrupted; leaves no listener once `guard` has aborted. */
  #stopped(guard: AbortSignal): Promise<void> {
    const signal = this.#signal();
    return new Promise((resolve) => {
      const stop = () => resolve();
      signal.addEventListener('abort', stop, { once: true });
      guard.addEventListener('abort', () => signal.removeEventListener('abort', stop), { once: true });
    });
  }

  #broadcast(outcome: { readonly status: OperationStatus<Result> } | { readonly error: unknown }): void {
    if ('status' in outcome) this.looks.good(outcome.status.percent, this.clock.now());
    else this.looks.failed();
    for (const waiter of [...this.#waiters]) {
      if (waiter.done) continue;
      if ('status' in outcome) waiter.see(outcome.status, this.looks);
      else waiter.miss(outcome.error, this.looks);
    }
    this.sweep();
  }

  #signal(): AbortSignal {
    this.#control ??= new AbortController();
    return this.#control.signal;
  }
}
