/** How long restores of one kind and target usually take. It is never the vendor's word. */
export interface UsualDuration {
  /** The shortest of the last restores, in milliseconds. */
  readonly lowMs: number;
  /** The longest of the last restores, in milliseconds. */
  readonly highMs: number;
  /** How many restores these are. */
  readonly restores: number;
}

const FEWEST = 3;
/** A duration that differs from the others by more than this factor is left out: its end was probably seen late. */
const OUTLIER_FACTOR = 1.5;
const NARROWEST_SPREAD = 0.05;

/** @returns undefined if there are fewer than three durations */
export function usualDuration(durationsMs: readonly number[]): UsualDuration | undefined {
  const kept = withoutOutlier(durationsMs);
  if (kept.length < FEWEST) return undefined;
  return { lowMs: Math.min(...kept), highMs: Math.max(...kept), restores: kept.length };
}

/** The middle and the spread of the natural logarithms of durations. */
export function logDurations(
  durationsMs: readonly number[],
): { readonly middle: number; readonly spread: number } | undefined {
  const logs = withoutOutlier(durationsMs).map(Math.log);
  if (logs.length < FEWEST) return undefined;
  const middle = mean(logs);
  const variance = logs.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (logs.length - 1);
  return { middle, spread: Math.max(NARROWEST_SPREAD, Math.sqrt(variance)) };
}

/** Leaves out the one duration that is far from all others, if the others are close together. */
function withoutOutlier(durationsMs: readonly number[]): readonly number[] {
  const sorted = durationsMs.filter((each) => Number.isFinite(each) && each > 0).sort((one, other) => one - other);
  if (sorted.length <= FEWEST) return sorted;
  for (const kept of [sorted.slice(0, -1), sorted.slice(1)]) {
    const left = kept[0] === sorted[0] ? sorted.at(-1) : sorted[0];
    const [low = 0, high = 0] = [kept[0], kept.at(-1)];
    const isClose = high / low < OUTLIER_FACTOR;
    if (isClose && left !== undefined && (left / high > OUTLIER_FACTOR || low / left > OUTLIER_FACTOR)) return kept;
  }
  return sorted;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
