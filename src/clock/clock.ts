/**
 * Time as the library sees it. Every delay and every timeout goes through one clock, so a test can run a
 * four-hour restore in milliseconds.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number in [0, 1), used for jitter. @default Math.random */
  random?(): number;
}
