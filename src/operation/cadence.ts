/** A moment at which the percentage was seen to have changed. */
export interface PercentSample {
  readonly at: number;
  readonly percent: number;
}

/** What is known when the next poll is planned. Times are milliseconds since the epoch, by the wait's clock. */
export interface PollHistory {
  readonly startedAt: number;
  readonly now: number;
  /** Polls so far, good and failed. */
  readonly polls: number;
  /** Failed polls since the last good one. */
  readonly failures: number;
  /** The last percentage, where the vendor tells one. */
  readonly percent: number | undefined;
  /** Changes of the percentage, oldest first; thinned out when there are many. */
  readonly samples: readonly PercentSample[];
  /** Whether the last poll found another percentage than the one before. */
  readonly moved: boolean;
  /** A fresh random number in [0, 1), so that a cadence can be a pure function and yet have jitter. */
  readonly random: number;
}

/** Milliseconds until the next poll. `Retry-After` can only lengthen it, the deadline only shorten it. */
export type Cadence = (history: PollHistory) => number;

export interface AdaptiveCadenceOptions {
  /** @default 2000 */
  readonly minMs?: number;
  /** @default 60000 */
  readonly maxMs?: number;
  /** The share of the elapsed time that is waited. @default 0.1 */
  readonly share?: number;
  /**
   * How far beyond the plain interval a moving percentage may stretch it, and how coarsely the end is aimed at: 1 sees
   * the end soonest, 2 saves a third of the requests, and is slower to see a failure half way. @default 1
   */
  readonly boost?: number;
}

/**
 * Polls again after a tenth of the time that the operation has taken so far, and aims at the expected end where the
 * vendor tells a percentage that moves. +-10 % jitter, which is enough to spread waits that began together.
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
 * The milliseconds that a cadence says, or those of the default where it throws or says no number. Never 0: a wait that
 * is answered out of memory would keep timers and aborts from their turn.
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
  // Half of the way to the end with each poll. The floors say how near is near enough: lower ones hardly see the end
  // sooner, and are paid for where the percentage stands still (bench/cadence).
  return Math.max(0.5 * remaining, 0.075 * boost * sinceChange, 0.0015 * boost * elapsed);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
