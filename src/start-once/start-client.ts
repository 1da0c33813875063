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
  resume(handle: OperationHandle): Op;
  /** What the vendor tells before a start, as JSON without secrets: recorded with the intent, for `reconcileStart`. */
  takeBaseline?(target: StartTarget, options?: ReconcileOptions): Promise<unknown>;
  /** Asks the vendor what became of a start whose process died. Reads, never writes. */
  reconcileStart?(lost: LostStart, options?: ReconcileOptions): Promise<Reconciliation<Op>>;
}

const SESSION = /\/restore-session$/;

/** Opening a session overwrites nothing, and several may be open on one target. */
export function opensSessions(client: { readonly kinds: readonly string[] }): boolean {
  return client.kinds.length > 0 && client.kinds.every((kind) => SESSION.test(kind));
}

export type AnyOperation = Operation<unknown>;
