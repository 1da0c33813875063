import type { Clock } from './clock.ts';

// setTimeout turns a longer delay into 1 ms, so a long wait would become a busy loop.
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const slice = Math.min(Math.max(0, ms), LONGEST_TIMER_MS);
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve(ms > slice ? sleep(ms - slice, signal) : undefined);
    }, slice);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** The real time of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep,
  random: () => Math.random(),
};
