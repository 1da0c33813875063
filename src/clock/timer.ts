import type { Clock } from './clock.ts';
import { noticeLeap } from './leaping-clocks.ts';
import { LONGEST_TIMER_MS, systemClock } from './system-clock.ts';

/** A pending callback that can be stopped. */
export type Timer = ReturnType<typeof setTimeout> | AbortController;

/**
 * Calls `onDue` once after `ms`, or earlier if that is more than a timer can hold. With the system clock it uses a
 * plain timer, which takes a quarter of the memory of a sleep with a signal.
 */
export function startTimer(clock: Clock, ms: number, onDue: () => void): Timer {
  if (clock === systemClock) return setTimeout(onDue, Math.min(ms, LONGEST_TIMER_MS));
  const control = new AbortController();
  const before = clock.now();
  clock.sleep(ms, control.signal).then(
    () => control.signal.aborted || onDue(),
    () => control.signal.aborted || onDue(),
  );
  if (ms >= 1 && clock.now() >= before + ms) noticeLeap(clock);
  return control;
}

export function stopTimer(timer: Timer | undefined): void {
  if (timer instanceof AbortController) timer.abort();
  else clearTimeout(timer);
}
