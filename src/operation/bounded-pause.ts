const TEN_MINUTES_MS = 600_000;

/**
 * Limits the pause that a server or a definition asked for. A wrong `Retry-After` must not make a wait sleep for days,
 * and a value that is no number must not make it poll without pauses.
 */
export function boundedPause(ms: number | undefined, longestMs = TEN_MINUTES_MS): number {
  return Math.min(Number(ms) || 0, longestMs);
}
