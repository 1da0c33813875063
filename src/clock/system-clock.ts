import type { Clock } from './clock.ts';

// setTimeout turns a longer delay into 1 ms, which makes a hot loop out of a long wait.
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    let left = Math.max(0, ms);
    let timer: ReturnType<typeof setTimeout>;
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const arm = () => {
      const slice = Math.min(left, LONGEST_TIMER_MS);
      left -= slice;
      timer = setTimeout(() => {
        if (left > 0) {
          arm();
          return;
        }
        signal?.removeEventListener('abort', abort);
        resolve();
      }, slice);
    };
    signal?.addEventListener('abort', abort, { once: true });
    arm();
  });
}

/** The real time of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep,
  random: () => Math.random(),
};
