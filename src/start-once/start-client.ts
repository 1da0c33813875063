import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import type { Operation, OperationHandle } from '../operation/operation.ts';
import type { StartTarget } from './start-target.ts';

/** A start without a handle, as the store tells of it: its process died, or lost the answer. */
export interface LostStart {
  readonly key: string;
  readonly target: StartTarget;
  /** When the request was about to leave, by the clock of the process that sent it. */
  readonly startedAt: Date;
  readonly note?: string;
  /** What `takeBaseline` answered before the start; absent where it failed, or the client has none. */
  readonly baseline?: unknown;
}

/** What `startOnce` needs of a client; all clients of this package have it. */
export interface StartOnceClient<Op> {
  readonly baseUrl: string;
  readonly kinds: readonly string[];
  /** What it starts overwrites nothing, so that several may run on one target. @default false */
  readonly overwritesNothing?: boolean | undefined;
  resume(handle: OperationHandle): Op;
  /** What the vendor tells before a start, as JSON without secrets: recorded with the intent, for `reconcileStart`. */
  takeBaseline?(target: StartTarget, options?: ReconcileOptions): Promise<unknown>;
  /**
   * Asks the vendor what became of a start whose process died. Reads, never writes. 'not-started' is taken for evidence
   * and no proof, since the process that was about to send may only be suspended.
   */
  reconcileStart?(lost: LostStart, options?: ReconcileOptions): Promise<Reconciliation<Op>>;
}

export type AnyOperation = Operation<unknown>;
