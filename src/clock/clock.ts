/**
 * The source of time. Every delay and every timeout uses one clock, so a test can run a four-hour restore in
 * milliseconds.
 *
 * @example The simplest clock for a test: a sleep moves the time.
 * let now = Date.UTC(2026, 0, 1);
 * const clock = {
 *   now: () => now,
 *   sleep: async (ms: number) => {
 *     now += ms;
 *   },
 * };
 */
export interface Clock {
  /** Milliseconds since the epoch. It may be set back or forward while something sleeps, as the system's clock is. */
  now(): number;
  /**
   * Resolves when `ms` milliseconds have passed, and not earlier: `now()` must then return at least `ms` more than at
   * the call, unless the clock was set back. Rejects with the signal's reason as soon as `signal` aborts, at once if it
   * has aborted already, and for no other reason. It must always return a promise.
   *
   * Both the pauses between polls and the timeouts of pending requests use `sleep`. If the sleep of a clock resolves at
   * once, every request would time out. Such a clock is detected, and a request gets some turns of the event loop
   * before its timeout. With a clock that is moved by hand, a timeout ends when the clock has moved so far.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1), used for jitter. @default Math.random */
  random?(): number;
}
