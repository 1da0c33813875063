import type { Clock } from './clock.ts';
import { LONGEST_TIMER_MS, systemClock } from './system-clock.ts';

/** Something that will ring, and can be stopped. */
export type Alarm = ReturnType<typeof setTimeout> | AbortController;

/**
 * Rings once after `ms`, or earlier where that is beyond what a timer holds. On the system's clock it costs one timer,
 * which is a quarter of the memory that a sleep with a signal takes.
 */
export function setAlarm(clock: Clock, ms: number, ring: () => void): Alarm {
  if (clock === systemClock) return setTimeout(ring, Math.min(ms, LONGEST_TIMER_MS));
  const control = new AbortController();
  clock.sleep(ms, control.signal).then(ring, () => control.signal.aborted || ring());
  return control;
}

export function clearAlarm(alarm: Alarm | undefined): void {
  if (alarm instanceof AbortController) alarm.abort();
  else clearTimeout(alarm);
}
