import type { PollHistory } from './cadence.ts';

/** How long an operation may still take, in milliseconds, by the way its percentage has moved. */
export interface RemainingTime {
  readonly estimateMs: number;
  /** It may be this short ... */
  readonly lowMs: number;
  /** ... or this long, if it goes on like in its slowest or fastest stretch. A stall is not foreseen. */
  readonly highMs: number;
}

const STRETCHES = [0, 0.25, 0.5, 0.75];
const FEWEST_SAMPLES = 3;

/** undefined where the vendor tells no percentage, or too little of it has moved. */
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
  // The percentage is told in steps and seen late: one more or less is always possible.
  const step = 1 / Math.min(...rates);
  return {
    estimateMs: Math.round(left(recent)),
    lowMs: Math.max(0, Math.round(0.9 * left(Math.max(...rates)) - step)),
    highMs: Math.round(1.1 * left(Math.min(...rates)) + step),
  };
}
