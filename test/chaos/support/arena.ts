import type * as fc from 'fast-check';
import type { Clock } from '../../../src/clock/clock.ts';
import type { FetchLike } from '../../../src/http/fetch-like.ts';
import type { Operation, OperationHandle } from '../../../src/operation/operation.ts';
import type { Emulator } from '../../../src/testing/emulator.ts';
import type { Schedule, Truth } from './schedule.ts';

/** A client of one system as the chaos needs it. */
export interface ChaosClient {
  start(): Promise<Operation<unknown>>;
  resume(handle: OperationHandle): Operation<unknown>;
}

/** One emulated system with its schedule in force. */
export interface Contest {
  readonly emulator: Emulator;
  /** A client with everything of its own, as another process would have it. */
  connect(fetch: FetchLike, baseUrl?: string): ChaosClient;
  /** Milliseconds from the start to the end; Infinity where it never ends. */
  readonly endsAfterMs: number;
  /** Outage tolerance of the kind where a wait names none. */
  readonly toleranceMs: number;
  /** Whether something may refuse the caller, or forget the operation, so that giving up is honest. */
  readonly mayLoseAccess: boolean;
  /** Whether each single poll tells the end of a restore that has ended; false where the first ones may be odd. */
  readonly tellsEndAtOnce: boolean;
  /** How long the product itself keeps the view dark, beyond the faults on the wire. */
  readonly darkUntilMs: number;
  /** Lets somebody in again who resumes after all is over. */
  renewAccess?(): void;
}

/** One system: what schedules there are, and how to play them. */
export interface Arena<Extra> {
  readonly name: string;
  /** How its restores end, where they do. */
  readonly truths: readonly Truth[];
  readonly origin: string;
  readonly extra: fc.Arbitrary<Extra>;
  isStart(method: string, path: string): boolean;
  /** The client may have another clock than the server. */
  open(schedule: Schedule<Extra>, clock: Clock, clientClock: Clock): Contest;
}
