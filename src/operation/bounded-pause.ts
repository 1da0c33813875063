const TEN_MINUTES_MS = 600_000;

/**
 * The pause that a server or a definition asked for, bounded: a wrong `Retry-After` must not put a wait to sleep for
 * days, and one that was no number must not make a wait without pauses.
 */
export function boundedPause(ms: number | undefined, longestMs = TEN_MINUTES_MS): number {
  return Math.min(Number(ms) || 0, longestMs);
}
