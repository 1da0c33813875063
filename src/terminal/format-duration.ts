const UNITS = [
  { ms: 86_400_000, name: 'd' },
  { ms: 3_600_000, name: 'h' },
  { ms: 60_000, name: 'min' },
  { ms: 1_000, name: 's' },
] as const;

/**
 * Formats a duration with at most two units, never rounded up: `850 ms`, `12 s`, `1 min 05 s`, `2 h 03 min`, `1 d 04
 * h`. A value that is no duration becomes `-`.
 */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return '-';
  if (ms <= 0) return '0 s';
  if (ms < 1_000) return `${Math.max(1, Math.floor(ms))} ms`;
  const index = UNITS.findIndex((unit) => ms >= unit.ms);
  const major = UNITS[index];
  if (!major) return '0 s';
  const minor = UNITS[index + 1];
  const first = `${Math.floor(ms / major.ms)} ${major.name}`;
  if (!minor) return first;
  const rest = Math.floor((ms % major.ms) / minor.ms);
  return `${first} ${String(rest).padStart(2, '0')} ${minor.name}`;
}

/** Formats a duration in whole seconds, for a display that counts. */
export function formatSeconds(ms: number): string {
  return formatDuration(Math.floor(ms / 1_000) * 1_000);
}
