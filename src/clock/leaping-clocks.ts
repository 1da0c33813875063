import type { Clock } from './clock.ts';
import { afterTurn, stopTurn } from './turn.ts';

/** So little that no time in milliseconds changes by it, and yet a sleep. */
const PROBE_MS = 1e-9;

/** What was found out about each clock: whether its sleep lets the time pass at once. */
const known = new WeakMap<Clock, boolean>();

/** The time has moved by a whole sleep while that sleep was being called. */
export function noticeLeap(clock: Clock): void {
  known.set(clock, true);
}

/** Whether the clock's sleep lets the time pass at once; undefined where that is not known yet. */
export function isLeaping(clock: Clock): boolean | undefined {
  return known.get(clock);
}

/**
 * Finds out within one turn of the event loop: a sleep that is over by then has not waited for anything. Answers what
 * stops it.
 */
export function probeLeap(clock: Clock, onKnown: (isLeaping: boolean) => void): () => void {
  const control = new AbortController();
  let isOver = false;
  clock.sleep(PROBE_MS, control.signal).then(
    () => {
      isOver = true;
    },
    () => undefined,
  );
  const turn = afterTurn(clock, () => {
    control.abort();
    if (!known.has(clock)) known.set(clock, isOver);
    onKnown(known.get(clock) === true);
  });
  return () => {
    stopTurn(clock, turn);
    control.abort();
  };
}
