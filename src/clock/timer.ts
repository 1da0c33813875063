import type { Clock } from './clock.ts';
import { noticeLeap } from './leaping-clocks.ts';
import { LONGEST_TIMER_MS, systemClock } from './system-clock.ts';

/** Something that calls back later, and can be stopped. */
export type Timer = ReturnType<typeof setTimeout> | AbortController;

/**
 * Calls `onDue` once after `ms`, or earlier where that is beyond what a timer holds. On the system's clock it costs one
 * timer, which is a quarter of the memory that a sleep with a signal takes.
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
