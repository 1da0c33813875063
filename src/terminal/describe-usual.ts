import type { UsualDuration } from '../operation/usual-duration.ts';

const MINUTE_MS = 60_000;
const UNITS = [
  { ms: 3_600_000, name: 'h', from: 3 },
  { ms: MINUTE_MS, name: 'min', from: 2 },
  { ms: 1_000, name: 's', from: 0 },
] as const;

/** How long restores of this kind and target usually take: `usually 40-55 min`, from the durations of the last ones. */
export function describeUsual({ lowMs, highMs }: UsualDuration): string {
  const unit = UNITS.find(({ ms, from }) => highMs >= from * ms) ?? UNITS[2];
  const [low, high] = [lowMs, highMs].map((ms) => Math.max(1, Math.round(ms / unit.ms)));
  return `usually ${low === high ? `about ${low}` : `${low}-${high}`} ${unit.name}`;
}
