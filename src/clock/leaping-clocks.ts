import type { Clock } from './clock.ts';
import { afterTurn, stopTurn } from './turn.ts';

/** A sleep so short that it changes no time in milliseconds. */
const PROBE_MS = 1e-9;

/** Whether the sleep of each clock resolves at once, as far as it is known. */
const known = new WeakMap<Clock, boolean>();

/** Remembers that the time of a clock moved by a whole sleep during the call of `sleep`. */
export function noticeLeap(clock: Clock): void {
  known.set(clock, true);
}

/** Whether the sleep of the clock resolves at once; undefined if that is not known yet. */
export function isLeaping(clock: Clock): boolean | undefined {
  return known.get(clock);
}

/**
 * Finds out within one turn of the event loop: a sleep that has resolved by then has not waited. Returns a function
 * that stops the check.
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
