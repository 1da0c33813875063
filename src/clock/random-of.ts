import type { Clock } from './clock.ts';
import { systemClock } from './system-clock.ts';

/** A random number in [0, 1) from the clock, or the system's where it has none. */
export function randomOf(clock: Clock): number {
  return (clock.random ?? systemClock.random ?? (() => 0.5))();
}
