import type { Clock } from './clock.ts';
import { systemClock } from './system-clock.ts';

/** A pending callback at the end of the current turn of the event loop. */
export type Turn = ReturnType<typeof setTimeout> | ReturnType<typeof setImmediate>;

/** Kept to notice whether a test runner has replaced the timers. */
const ownSetTimeout = globalThis.setTimeout;

/**
 * Calls back after this turn of the event loop. Answers that come from memory have arrived by then. If a test runner
 * has replaced the timers, it uses these, so that callbacks run in their order.
 */
export function afterTurn(clock: Clock, callback: () => void): Turn {
  return isImmediate(clock) ? setImmediate(callback) : setTimeout(callback, 0);
}

export function stopTurn(clock: Clock, turn: Turn | undefined): void {
  if (isImmediate(clock)) clearImmediate(turn as ReturnType<typeof setImmediate>);
  else clearTimeout(turn as ReturnType<typeof setTimeout>);
}

function isImmediate(clock: Clock): boolean {
  const isFaked = clock === systemClock && globalThis.setTimeout !== ownSetTimeout;
  return typeof setImmediate === 'function' && !isFaked;
}
