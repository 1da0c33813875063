import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { boundedPause } from './bounded-pause.ts';

/** The part of a poll loop that the circuit breaker uses. */
export interface BreakerLoop {
  /** The server answers again: poll at this time. */
  resumeAt(at: number): void;
  /** A poll of another loop failed for a reason that concerns all loops. */
  failWith(error: unknown): void;
  /** Call `admit` again. */
  recheck(): void;
}

/** The pause between the loops that were held back, once the server answers again. */
const RESUME_GAP_MS = 20;
/** The longest pause between polls while the server does not answer, whatever the cadence. */
const LONGEST_PROBE_PAUSE_MS = 15_000;
const FIRST_LIMIT_PAUSE_MS = 2_000;
const LONGEST_LIMIT_PAUSE_MS = 60_000;
/** The longest pause that `Retry-After` can ask for. */
const LONGEST_ASKED_PAUSE_MS = 3_600_000;
const GATEWAY_STATUSES = [502, 503, 504];

/**
 * One back-off for all operations of a client. The circuit is open while the server does not answer or limits the
 * client: then only one poll at a time is sent, for all loops. When the server answers again, the other loops poll one
 * after another.
 */
export class CircuitBreaker {
  #open: { until: number; readonly limits: number } | undefined;
  #prober: BreakerLoop | undefined;
  readonly #held = new Set<BreakerLoop>();
  #nextResumeAt = 0;

  /** Returns 'go' if `loop` may poll now, otherwise the time to ask again. With `must`, the poll is always allowed. */
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

  /** A poll of the loop succeeded. */
  succeeded(loop: BreakerLoop, now: number): void {
    if (this.#prober === loop) this.#prober = undefined;
    if (this.#open) this.#close(now);
  }

  /** A poll of the loop failed; the loop plans to poll again at `retryAt`. */
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
      // Any answer shows that the server can be reached.
      this.#close(now);
    }
  }

  /** The clock was set back by `ms` milliseconds. */
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

/** Whether the server could not be reached, which concerns all operations of the client. */
function isServerLost(error: unknown): boolean {
  if (ConnectionError.isInstance(error) || RequestTimeoutError.isInstance(error)) return true;
  return ApiError.isInstance(error) && GATEWAY_STATUSES.includes(error.status);
}
