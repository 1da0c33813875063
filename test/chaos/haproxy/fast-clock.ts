import { systemClock } from '../../../src/clock/system-clock.ts';
import type { VirtualClock } from '../../../src/testing/virtual-clock.ts';

/** A step of the real time counts for no more than this: while the process itself is held up, no time passes. */
const LONGEST_STEP_MS = 50;
const STEP_MS = 10;

/**
 * The real time, so many times as fast: for hours over a real network. On a busy machine it goes slower, so that what is
 * late because the process was not given the processor is not late by this clock. Its sleepers are not counted.
 */
export function fastClock(speed: number): VirtualClock {
  let time = Date.now();
  let seenAt = performance.now();
  const now = () => {
    const at = performance.now();
    time += Math.min(at - seenAt, LONGEST_STEP_MS) * speed;
    seenAt = at;
    return Math.round(time);
  };
  return {
    now,
    async sleep(ms, signal) {
      const until = now() + ms;
      do {
        // Short, so that a step that is cut off was the machine's doing and not ours.
        await systemClock.sleep(Math.min(Math.max(1, (until - now()) / speed), STEP_MS), signal);
      } while (now() < until);
    },
    random: Math.random,
    jump: (ms) => {
      time += ms;
    },
    sleepers: 0,
  };
}
