import type { Clock } from './clock.ts';
import { systemClock } from './system-clock.ts';

/** The end of the current turn of the event loop, as something that can be stopped. */
export type Turn = ReturnType<typeof setTimeout> | ReturnType<typeof setImmediate>;

/**
 * Calls back after this turn of the event loop: what is answered out of memory has come by then. On the system's clock it
 * is a timer like all others, which a test runner may have replaced; a clock of a test moves on within a few turns.
 */
export function afterTurn(clock: Clock, callback: () => void): Turn {
  return isImmediate(clock) ? setImmediate(callback) : setTimeout(callback, 0);
}

export function stopTurn(clock: Clock, turn: Turn | undefined): void {
  if (isImmediate(clock)) clearImmediate(turn as ReturnType<typeof setImmediate>);
  else clearTimeout(turn as ReturnType<typeof setTimeout>);
}

function isImmediate(clock: Clock): boolean {
  return clock !== systemClock && typeof setImmediate === 'function';
}
