import type { Clock } from './clock.ts';
import { systemClock } from './system-clock.ts';

/** A random number in [0, 1) from the clock, or from `Math.random` if the clock has no `random`. */
export function randomOf(clock: Clock): number {
  return (clock.random ?? systemClock.random ?? (() => 0.5))();
}
