import type { WireFault } from '../../../src/testing/fault-wire.ts';
import type { HazardName } from './hazard-names.ts';

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

/** A fault that is not one of the emulator: made between it and the client. */
export type NetworkFault =
  /** The start is carried out, and so much later a proxy answers 401. */
  | { readonly kind: 'late-401'; readonly afterMs: number }
  /** From this to that read, the headers come and then nothing more. */
  | { readonly kind: 'hanging-body'; readonly fromRead: number; readonly toRead: number };

/** A thing that can go wrong by itself, so that it can be played, and left out, by its name. */
export interface Hazard {
  readonly name: HazardName;
  /** Come before the other faults of the schedule, and refuse nobody: giving up because of them is not honest. */
  readonly wire?: readonly WireFault[];
  readonly network?: NetworkFault;
  /** The client's clock against the server's; set by so much at a moment that counts from the waits' begin. */
  readonly clientClock?: {
    readonly offsetMs: number;
    readonly set?: { readonly atMs: number; readonly byMs: number };
  };
  /** Two environments behind one host, told apart by the prefix of their paths. */
  readonly isBehindGateway?: boolean;
  /** Nothing but the one poll after the suspension stands in the way: the end must be told. */
  readonly mustBeKnown?: boolean;
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
  readonly hazard: Hazard | undefined;
  /** What only this system knows. */
  readonly extra: Extra;
}
