import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import type { Operation, OperationHandle } from '../operation/operation.ts';
import type { StartTarget } from './start-target.ts';

/** A start without a handle in the store: its process died, or its answer was lost. */
export interface LostStart {
  readonly key: string;
  readonly target: StartTarget;
  /** When the intent to send was recorded, by the clock of the process that sent it. */
  readonly startedAt: Date;
  readonly note?: string;
  /** What `takeBaseline` returned before the start; absent if it failed or the client has none. */
  readonly baseline?: unknown;
}

/** The part of a client that `startOnce` needs. All clients of this package have it. */
export interface StartOnceClient<Op> {
  readonly baseUrl: string;
  readonly kinds: readonly string[];
  /** True if its operations overwrite nothing, or nothing on this target, so that several may run there. @default false */
  readonly overwritesNothing?: boolean | ((target: StartTarget) => boolean) | undefined;
  resume(handle: OperationHandle): Op;
  /** Reads the state before a start, as JSON without secrets. It is recorded with the intent, for `reconcileStart`. */
  takeBaseline?(target: StartTarget, options?: ReconcileOptions): Promise<unknown>;
  /**
   * Asks the vendor whether a start whose process died took effect. It only reads. 'not-started' counts as evidence,
   * not as proof, because the process that was about to send may only be suspended.
   */
  reconcileStart?(lost: LostStart, options?: ReconcileOptions): Promise<Reconciliation<Op>>;
}

export type AnyOperation = Operation<unknown>;
