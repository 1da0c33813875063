import { systemClock } from '../../../src/clock/system-clock.ts';
import type { VirtualClock } from '../../../src/testing/virtual-clock.ts';

/** The real time, so many times as fast: for hours over a real network. Its sleepers are not counted. */
export function fastClock(speed: number): VirtualClock {
  const began = Date.now();
  let ahead = 0;
  return {
    now: () => Math.round(began + ahead + (Date.now() - began) * speed),
    sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
    random: Math.random,
    jump: (ms) => {
      ahead += ms;
    },
    sleepers: 0,
  };
}
