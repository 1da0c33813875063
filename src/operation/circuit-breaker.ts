import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { boundedPause } from './bounded-pause.ts';

/** A poll loop as the circuit breaker sees it. */
export interface BreakerLoop {
  /** The server is back: poll at this time. */
  resumeAt(at: number): void;
  /** A poll of another loop failed for a reason that holds for all. */
  failWith(error: unknown): void;
  /** Ask `admit` again. */
  recheck(): void;
}

/** Loops that were held back poll this far apart once the server is back. */
const RESUME_GAP_MS = 20;
/** However slow the cadence of a waiter is, a server that was lost is probed this often. */
const LONGEST_PROBE_PAUSE_MS = 15_000;
const FIRST_LIMIT_PAUSE_MS = 2_000;
const LONGEST_LIMIT_PAUSE_MS = 60_000;
/** `Retry-After` is honoured up to here. */
const LONGEST_ASKED_PAUSE_MS = 3_600_000;
const GATEWAY_STATUSES = [502, 503, 504];

/**
 * One back-off for all operations of a client. While the server is lost or limits us the circuit is open: one poll at a
 * time probes it for all. When the server is back, the others follow one after another.
 */
export class CircuitBreaker {
  #open: { until: number; readonly limits: number } | undefined;
  #prober: BreakerLoop | undefined;
  readonly #held = new Set<BreakerLoop>();
  #nextResumeAt = 0;

  /** Whether `loop` may poll now; if not, when to ask again. A poll that `must` be taken is not held back. */
  admit(loop: BreakerLoop, now: number, must: boolean): 'go' | number {
    if (!this.#open) return 'go';
    const isFree = this.#prober === undefined && now >= this.#open.until;
    if (must || isFree || this.#prober === loop) {
      this.#prober ??= loop;
      this.#held.delete(loop);
      return 'go';
    }
    this.#held.add(loop);
    return this.#prober === undefined ? this.#open.until : Number.POSITIVE_INFINITY;
  }

  /** A poll found the operation's status. */
  succeeded(loop: BreakerLoop, now: number): void {
    if (this.#prober === loop) this.#prober = undefined;
    if (this.#open) this.#close(now);
  }

  /** A poll failed; its loop means to poll again at `retryAt`. */
  failed(loop: BreakerLoop, now: number, error: unknown, retryAt: number): void {
    if (this.#prober === loop) this.#prober = undefined;
    if (ApiError.isInstance(error) && error.status === 429) {
      const limits = (this.#open?.limits ?? 0) + 1;
      const pause = Math.min(LONGEST_LIMIT_PAUSE_MS, FIRST_LIMIT_PAUSE_MS * 2 ** (limits - 1));
      this.#openUntil(now + (boundedPause(error.retryAfterMs, LONGEST_ASKED_PAUSE_MS) || pause), limits);
      for (const held of this.#takeHeld()) held.recheck();
    } else if (isServerLost(error)) {
      this.#openUntil(Math.min(retryAt, now + LONGEST_PROBE_PAUSE_MS), 0);
      for (const held of this.#takeHeld()) held.failWith(error);
    } else if (this.#open) {
      // The server answered, whatever it said.
      this.#close(now);
    }
  }

  /** The clock was set back by so much. */
  setBack(ms: number): void {
    this.#nextResumeAt -= ms;
    if (this.#open) this.#open.until -= ms;
  }

  /** The loop has ended. */
  leave(loop: BreakerLoop): void {
    this.#held.delete(loop);
    if (this.#prober !== loop) return;
    this.#prober = undefined;
    for (const held of this.#takeHeld()) held.recheck();
  }

  #openUntil(until: number, limits: number): void {
    this.#open = { until: Math.max(until, this.#open?.until ?? 0), limits };
  }

  #close(now: number): void {
    this.#open = undefined;
    for (const held of this.#takeHeld()) {
      this.#nextResumeAt = Math.max(now, this.#nextResumeAt) + RESUME_GAP_MS;
      held.resumeAt(this.#nextResumeAt);
    }
  }

  #takeHeld(): BreakerLoop[] {
    const held = [...this.#held];
    this.#held.clear();
    return held;
  }
}

/** Failures of the way to the server, which all its operations share. */
function isServerLost(error: unknown): boolean {
  if (ConnectionError.isInstance(error) || RequestTimeoutError.isInstance(error)) return true;
  return ApiError.isInstance(error) && GATEWAY_STATUSES.includes(error.status);
}
