import type { Clock } from './clock.ts';
import { isLeaping, probeLeap } from './leaping-clocks.ts';
import { systemClock } from './system-clock.ts';
import { startTimer, stopTimer, type Timer } from './timer.ts';

/**
 * If the sleep of a clock resolves at once, work gets this many turns of the event loop, of a millisecond each, before
 * its deadline.
 */
const TURNS_FOR_WORK = 20;

/** The time limit of pending work. */
export interface Deadline {
  stop(): void;
}

/**
 * Calls `onOver` when the clock reaches `dueAt`, or earlier if that is more than a timer can hold. The timer is always
 * armed. With a test clock whose sleep resolves at once, it is armed after the work has had some turns of the event
 * loop.
 */
export function startDeadline(clock: Clock, dueAt: number, onOver: () => void): Deadline {
  return new TimedDeadline(clock, dueAt, onOver);
}

class TimedDeadline implements Deadline {
  readonly #clock: Clock;
  readonly #dueAt: number;
  readonly #onOver: () => void;
  #timer: Timer | undefined;
  #stopProbe: (() => void) | undefined;

  constructor(clock: Clock, dueAt: number, onOver: () => void) {
    this.#clock = clock;
    this.#dueAt = dueAt;
    this.#onOver = onOver;
    const leaps = clock === systemClock ? false : isLeaping(clock);
    const arm = (isLeaping: boolean) => this.#arm(isLeaping ? TURNS_FOR_WORK : 0);
    if (leaps === undefined) this.#stopProbe = probeLeap(clock, arm);
    else arm(leaps);
  }

  stop(): void {
    this.#stopProbe?.();
    stopTimer(this.#timer);
  }

  #arm(turnsLeft: number): void {
    this.#timer =
      turnsLeft > 0
        ? setTimeout(() => this.#arm(turnsLeft - 1), 0)
        : startTimer(this.#clock, Math.max(0, this.#dueAt - this.#clock.now()), this.#onOver);
  }
}
