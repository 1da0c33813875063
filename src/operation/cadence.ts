/** A change of the percentage, and when it was seen. */
export interface PercentSample {
  readonly at: number;
  readonly percent: number;
}

/** What is known when the next poll is planned. Times are milliseconds since the epoch, by the clock of the wait. */
export interface PollHistory {
  readonly startedAt: number;
  readonly now: number;
  /** Polls so far, good and failed. */
  readonly polls: number;
  /** Failed polls since the last good one. */
  readonly failures: number;
  /** The last percentage, if the vendor reports one. */
  readonly percent: number | undefined;
  /** Changes of the percentage, oldest first. If there are many, some are dropped. */
  readonly samples: readonly PercentSample[];
  /** Whether the percentage changed at the last poll. */
  readonly moved: boolean;
  /** A new random number in [0, 1). With it a cadence can be a pure function and have jitter. */
  readonly random: number;
}

/**
 * Returns the milliseconds until the next poll. `Retry-After` can only make the pause longer, the deadline only
 * shorter.
 */
export type Cadence = (history: PollHistory) => number;

export interface AdaptiveCadenceOptions {
  /** @default 2000 */
  readonly minMs?: number;
  /** @default 60000 */
  readonly maxMs?: number;
  /** The pause as a share of the elapsed time. @default 0.1 */
  readonly share?: number;
  /**
   * How much longer than the plain interval the pause may be while the percentage moves. 1 sees the end soonest. 2
   * saves a third of the requests, but sees a failure half way later. @default 1
   */
  readonly boost?: number;
}

/**
 * Polls again after a tenth of the time since the operation was started. If the vendor reports a percentage that
 * moves, it polls near the expected end. A jitter of 10 % in either direction spreads waits that began together.
 */
export function adaptiveCadence(options: AdaptiveCadenceOptions = {}): Cadence {
  const { minMs = 2_000, maxMs = 60_000, share = 0.1, boost = 1 } = options;
  return (history) => {
    const elapsed = Math.max(0, history.now - history.startedAt);
    const base = clamp(share * elapsed, minMs, maxMs);
    const aimed = aim(history, elapsed, boost);
    const delay = aimed === undefined ? base : clamp(aimed, minMs, base * (history.moved ? boost : 1));
    return delay * (0.9 + 0.2 * history.random);
  };
}

const defaultCadence = adaptiveCadence();
const MINUTE_MS = 60_000;

/**
 * The milliseconds that a cadence returns, or those of the default cadence if it throws or returns no number. Never 0,
 * because a wait whose polls answer from memory would then block timers and aborts.
 */
export function delayOf(cadence: Cadence | undefined, history: PollHistory): number {
  const delay = (cadence && callCadence(cadence, history)) ?? callCadence(defaultCadence, history) ?? MINUTE_MS;
  return Math.max(1, Math.round(delay));
}

function callCadence(cadence: Cadence, history: PollHistory): number | undefined {
  try {
    const delay = cadence(history);
    return typeof delay === 'number' && !Number.isNaN(delay) ? delay : undefined;
  } catch {
    return undefined;
  }
}

function aim(history: PollHistory, elapsed: number, boost: number): number | undefined {
  const { percent, samples, now } = history;
  const last = samples.at(-1);
  if (percent === undefined || percent <= 0 || percent >= 100 || last === undefined) return undefined;
  const halfTime = now - elapsed / 2;
  const first = samples.find((sample) => sample.at >= halfTime && sample !== last) ?? samples.at(-2);
  if (first === undefined || last.percent <= first.percent) return undefined;
  const rate = (last.percent - first.percent) / (last.at - first.at);
  const sinceChange = now - last.at;
  const remaining = (100 - percent) / rate - sinceChange;
  // Each poll goes half of the remaining way to the end. Lower minimums would hardly see the end sooner, and would poll
  // more often while the percentage stands still (bench/cadence).
  return Math.max(0.5 * remaining, 0.075 * boost * sinceChange, 0.0015 * boost * elapsed);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
