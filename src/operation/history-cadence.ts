import { adaptiveCadence, type Cadence } from './cadence.ts';
import { logDurations } from './usual-duration.ts';

const SHORTEST_MS = 2_000;
/** With a wider spread, the history says too little about the end. */
const WIDEST_SPREAD = 0.6;
/** The bounds of the window in which the end is expected, in standard deviations of the logarithm. */
const WINDOW_STARTS = -2.2;
const WINDOW_ENDS = 1.8;
/** Outside of the window, a pause may be this much longer than without a history. An early end is seen hardly later. */
const MOST_LONGER = 1.07;
/** Early pauses, as a share of the elapsed time and of the usual duration. */
const EARLY_SHARE = 0.2;
const EARLY_SHARE_OF_USUAL = 0.02;
/** Above this duration, pauses inside the window no longer grow with it. */
const LONG_MS = 600_000;

/**
 * A cadence that knows how long the last restores of the same kind and target took. It polls seldom while the end is
 * unlikely, and often when it is likely. If there are fewer than three durations, if they differ too much, or if the vendor
 * reports a percentage, it is the cadence `base`. `startOnce` uses it by itself, with the durations in its store.
 * @param durationsMs the durations of successful restores, in milliseconds
 */
export function historyCadence(durationsMs: readonly number[], base: Cadence = adaptiveCadence()): Cadence {
  const usual = logDurations(durationsMs);
  if (!usual || usual.spread > WIDEST_SPREAD) return base;
  const { middle, spread } = usual;
  const usualMs = Math.exp(middle);
  const windowStartsAt = usualMs * Math.exp(WINDOW_STARTS * spread);
  return (history) => {
    const pause = base(history);
    if (history.percent !== undefined || history.failures > 0) return pause;
    const elapsed = Math.max(1, history.now - history.startedAt);
    const deviation = (Math.log(elapsed) - middle) / spread;
    if (deviation > WINDOW_ENDS) return pause;
    if (deviation < WINDOW_STARTS) {
      const early = Math.min(EARLY_SHARE * elapsed, EARLY_SHARE_OF_USUAL * usualMs, 60_000);
      return Math.min(Math.max(pause * MOST_LONGER, early), Math.max(windowStartsAt - elapsed, SHORTEST_MS));
    }
    // If an end has the chance `hazard` per second, the best pause is proportional to 1 / sqrt(hazard). The factors keep
    // to the number of requests without a history (bench/cadence).
    const hazard = normalHazard(deviation) / ((spread * elapsed) / 1_000);
    const jitter = 0.9 + 0.2 * history.random;
    const aimed = 1_000 * (1.15 - 0.85 * spread) * Math.sqrt(Math.min(1, usualMs / LONG_MS) / hazard) * jitter;
    return Math.min(Math.max(aimed, SHORTEST_MS), pause * MOST_LONGER);
  };
}

/**
 * The chance that a standard normal value ends here, given that it is not below. Bounded above, because few durations
 * say little about the tail.
 */
function normalHazard(deviation: number): number {
  const density = Math.exp((-deviation * deviation) / 2) / Math.sqrt(2 * Math.PI);
  return density / (0.1 + logisticTail(deviation));
}

/** The normal tail, to within one percent. */
function logisticTail(deviation: number): number {
  return 1 / (1 + Math.exp(0.07056 * deviation ** 3 + 1.5976 * deviation));
}
