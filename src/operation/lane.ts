import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { askedPause } from './asked-pause.ts';

/** A poll loop as the lane sees it while it holds it back. */
export interface HeldLoop {
  /** The lane is free again: poll `at`. */
  release(at: number): void;
  /** Somebody else's poll failed for a reason that holds for all. */
  share(error: unknown): void;
  /** Ask again. */
  recheck(): void;
}

/** PollTracker that were held back leave this far apart once the server is back. */
const RELEASE_GAP_MS = 20;
/** However slow a waiter is, a server that was lost is probed this often by the lane. */
const LONGEST_PROBE_PAUSE_MS = 15_000;
const FIRST_LIMIT_PAUSE_MS = 2_000;
const LONGEST_LIMIT_PAUSE_MS = 60_000;
/** `Retry-After` is honoured up to here. */
const LONGEST_ASKED_PAUSE_MS = 3_600_000;
const GATEWAY_STATUSES = [502, 503, 504];

/**
 * What the operations of one client share: a cap on requests in flight, first come first served; one poll loop for each
 * operation however many wait for it; and one back-off. While the server is lost or limits us, one poll at a time probes
 * it for all, and when it is back the others follow one after another.
 */
export class Lane {
  /** @internal The `PollLoop` of each operation that is being waited for. */
  readonly loops = new Map<string, object>();
  readonly #most: number;
  #inFlight = 0;
  readonly #queue: (() => void)[] = [];
  #hold: { until: number; readonly limits: number } | undefined;
  #prober: HeldLoop | undefined;
  readonly #held = new Set<HeldLoop>();
  #nextSlotAt = 0;

  constructor(options: { readonly maxInFlight: number }) {
    this.#most = options.maxInFlight;
  }

  /** Runs `work` when there is a free place; rejects with the signal's reason while still queued. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#inFlight < this.#most) this.#inFlight += 1;
    else await this.#turn(signal);
    try {
      return await work();
    } finally {
      // The place is handed over, so that nobody who comes later can slip in between.
      const next = this.#queue.shift();
      if (next) next();
      else this.#inFlight -= 1;
    }
  }

  /** Whether `loop` may poll now; if not, when to ask again. A poll that `must` be taken is not held back. */
  admit(loop: HeldLoop, now: number, must: boolean): 'go' | number {
    if (!this.#hold) return 'go';
    const isFree = this.#prober === undefined && now >= this.#hold.until;
    if (must || isFree || this.#prober === loop) {
      this.#prober ??= loop;
      this.#held.delete(loop);
      return 'go';
    }
    this.#held.add(loop);
    return this.#prober === undefined ? this.#hold.until : Number.POSITIVE_INFINITY;
  }

  /** Told how a poll ended, and when its loop means to poll again. */
  report(loop: HeldLoop, now: number, outcome: { readonly error?: unknown; readonly retryAt: number }): void {
    if (this.#prober === loop) this.#prober = undefined;
    const { error, retryAt } = outcome;
    if (error !== undefined && isLimit(error)) {
      const limits = (this.#hold?.limits ?? 0) + 1;
      const pause = Math.min(LONGEST_LIMIT_PAUSE_MS, FIRST_LIMIT_PAUSE_MS * 2 ** (limits - 1));
      const asked = ApiError.isInstance(error) ? error.retryAfterMs : undefined;
      this.#holdUntil(now + (askedPause(asked, LONGEST_ASKED_PAUSE_MS) || pause), limits);
      for (const held of this.#takeHeld()) held.recheck();
    } else if (error !== undefined && isLost(error)) {
      this.#holdUntil(Math.min(retryAt, now + LONGEST_PROBE_PAUSE_MS), 0);
      for (const held of this.#takeHeld()) held.share(error);
    } else {
      this.#open(now);
    }
  }

  /** The clock was set back by so much. */
  setBack(ms: number): void {
    this.#nextSlotAt -= ms;
    if (this.#hold) this.#hold.until -= ms;
  }

  /** The loop has ended. */
  leave(loop: HeldLoop): void {
    this.#held.delete(loop);
    if (this.#prober !== loop) return;
    this.#prober = undefined;
    for (const held of this.#takeHeld()) held.recheck();
  }

  #holdUntil(until: number, limits: number): void {
    this.#hold = { until: Math.max(until, this.#hold?.until ?? 0), limits };
  }

  #takeHeld(): HeldLoop[] {
    const held = [...this.#held];
    this.#held.clear();
    return held;
  }

  #open(now: number): void {
    if (!this.#hold) return;
    this.#hold = undefined;
    for (const held of this.#takeHeld()) {
      this.#nextSlotAt = Math.max(now, this.#nextSlotAt) + RELEASE_GAP_MS;
      held.release(this.#nextSlotAt);
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(enter), 1);
        reject(signal?.reason);
      };
      const enter = () => {
        removeAbortListener(signal, leave);
        resolve();
      };
      addAbortListener(signal, leave);
      this.#queue.push(enter);
    });
  }
}

function isLimit(error: unknown): boolean {
  return ApiError.isInstance(error) && error.status === 429;
}

/** Failures of the way to the server, which all its operations share. */
function isLost(error: unknown): boolean {
  if (ConnectionError.isInstance(error) || RequestTimeoutError.isInstance(error)) return true;
  return ApiError.isInstance(error) && GATEWAY_STATUSES.includes(error.status);
}
