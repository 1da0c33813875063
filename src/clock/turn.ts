import type { Clock } from './clock.ts';
import { systemClock } from './system-clock.ts';

/** The end of the current turn of the event loop, as something that can be stopped. */
export type Turn = ReturnType<typeof setTimeout> | ReturnType<typeof setImmediate>;

/** Another one takes its place where a test runner fakes the timers. */
const ownSetTimeout = globalThis.setTimeout;

/**
 * Calls back after this turn of the event loop: what is answered out of memory has come by then. Goes by the timers where
 * those of the system are faked, so that it comes in their order.
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
