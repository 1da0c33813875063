import type { PollHistory } from './cadence.ts';

/** How long an operation may still take, in milliseconds, estimated from the changes of its percentage. */
export interface RemainingTime {
  readonly estimateMs: number;
  /** The estimate at the fastest speed so far. */
  readonly lowMs: number;
  /** The estimate at the slowest speed so far. It does not foresee a stall. */
  readonly highMs: number;
}

const STRETCHES = [0, 0.25, 0.5, 0.75];
const FEWEST_SAMPLES = 3;

/** Returns undefined if the vendor reports no percentage, or it has not changed enough. */
export function estimateRemaining(history: PollHistory): RemainingTime | undefined {
  const { percent, samples, startedAt, now } = history;
  const last = samples.at(-1);
  if (percent === undefined || percent <= 0 || percent >= 100 || !last || samples.length < FEWEST_SAMPLES)
    return undefined;
  const rates = STRETCHES.flatMap((share) => {
    const from = startedAt + share * (now - startedAt);
    const first = samples.find((sample) => sample.at >= from);
    const rate = first && first !== last ? (last.percent - first.percent) / (last.at - first.at) : 0;
    return rate > 0 ? [rate] : [];
  });
  if (rates.length === 0) return undefined;
  const left = (rate: number) => Math.max(0, (100 - percent) / rate - (now - last.at));
  const recent = rates[Math.min(2, rates.length - 1)] ?? 0;
  // The percentage changes in steps and is seen late, so it may be off by one step.
  const step = 1 / Math.min(...rates);
  return {
    estimateMs: Math.round(left(recent)),
    lowMs: Math.max(0, Math.round(0.9 * left(Math.max(...rates)) - step)),
    highMs: Math.round(1.1 * left(Math.min(...rates)) + step),
  };
}
