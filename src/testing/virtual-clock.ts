import type { Clock } from '../clock/clock.ts';

/** A clock whose time passes only while all other work is waiting. */
export interface VirtualClock extends Clock {
  /** Moves the time without ending sleeps early, like a suspension of the machine. */
  jump(ms: number): void;
  /** The number of pending sleeps. */
  readonly sleepers: number;
}

interface Sleeper {
  readonly at: number;
  wake(): void;
}

/** After this many turns of the event loop without a new sleep, all work counts as waiting. */
const IDLE_TURNS = 6;

/**
 * Runs hours in milliseconds: when all work is waiting, the time jumps to the end of the next sleep. Use it without a
 * real network, for example for a client with the `fetch` of an emulator. `random` is constant, so runs are repeatable.
 */
export function virtualClock(startAt: Date | number = Date.UTC(2026, 0, 1)): VirtualClock {
  let now = Number(startAt);
  let isTurning = false;
  let idleTurns = 0;
  const sleepers: Sleeper[] = [];

  const turn = () => {
    idleTurns += 1;
    if (sleepers.length === 0) {
      isTurning = false;
      return;
    }
    if (idleTurns >= IDLE_TURNS) {
      idleTurns = 0;
      const next = sleepers.reduce((first, each) => (each.at < first.at ? each : first));
      sleepers.splice(sleepers.indexOf(next), 1);
      now = Math.max(now, next.at);
      next.wake();
    }
    nextTurn(turn);
  };

  return {
    now: () => now,
    random: () => 0.5,
    jump: (ms) => {
      now += ms;
    },
    get sleepers() {
      return sleepers.length;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const abort = () => {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          at: now + Math.max(0, ms),
          wake: () => {
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        signal?.addEventListener('abort', abort, { once: true });
        sleepers.push(sleeper);
        idleTurns = 0;
        if (isTurning) return;
        isTurning = true;
        nextTurn(turn);
      }),
  };
}

function nextTurn(callback: () => void): void {
  if (typeof setImmediate === 'function') setImmediate(callback);
  else setTimeout(callback, 0);
}
