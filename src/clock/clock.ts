/**
 * Time as the library sees it. Every delay and every timeout goes through one clock, so a test can run a four-hour
 * restore in milliseconds.
 *
 * @example The simplest clock for a test: time passes as it is slept.
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
   * Resolves when `ms` milliseconds have passed, no earlier: `now()` then says at least `ms` more than at the call, unless
   * the clock was set back meanwhile. Rejects with the signal's reason as soon as `signal` aborts, at once where it has
   * aborted already, and for no other reason. Always answers a promise, and never calls back before it has answered.
   *
   * Pauses between polls and timeouts of requests that are under way both sleep here. A clock whose sleep lets the time
   * pass at once would make every request late; it is recognised by that, and its requests get some turns of the event
   * loop before their timeout is slept. With a clock that waits for other work, such as a fake one that is moved by hand,
   * a timeout ends when the clock says so.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1), used for jitter. @default Math.random */
  random?(): number;
}
