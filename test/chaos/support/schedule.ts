import type { WireFault } from '../../../src/testing/fault-wire.ts';

export type Truth = 'succeeded' | 'partial' | 'failed' | 'canceled' | 'never';

export interface WaitPlan {
  readonly timeoutMs: number;
  readonly outageToleranceMs: number | undefined;
  /** A fixed interval in milliseconds; undefined for the default cadence. */
  readonly everyMs: number | undefined;
  readonly acceptsPartial: boolean;
  /** When its signal aborts, counted from the wait's begin. */
  readonly abortAtMs: number | undefined;
}

/** One restore with everything that goes wrong around it. Plain data: printed when it breaks a promise. */
export interface Schedule<Extra> {
  readonly durationMs: number;
  readonly truth: Truth;
  readonly wire: readonly WireFault[];
  /** Several wait for the same operation at once. */
  readonly waits: readonly WaitPlan[];
  /** Moments, counted from the waits' begin, at which the clock jumps ahead: a machine that was suspended. */
  readonly jumps: readonly { readonly atMs: number; readonly byMs: number }[];
  readonly requestTimeoutMs: number | undefined;
  /** What only this system knows. */
  readonly extra: Extra;
}
