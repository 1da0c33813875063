import type { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import type { RestoreStore } from './restore-store.ts';

export type Reconcile<Op = unknown> = StartOutcomeUnknownError<Op>['reconcile'];

/** What this process knows about the starts in one store that the store does not know. */
export interface ProcessMemory {
  /** Pending calls by key. A second call with the same key in this process waits for the first one. */
  readonly underWay: Map<string, Promise<unknown>>;
  /** By attempt: the function that asks the vendor about a start whose answer this process has lost. */
  readonly lost: Map<string, Reconcile>;
  /**
   * Attempts of this process that certainly started nothing, although the store may not know it because it failed at
   * that moment. They will never send a request, so any later call in this process may release them.
   */
  readonly notStarted: Set<string>;
}

/** One memory per store. It lives as long as the store object. */
const memories = new WeakMap<RestoreStore, ProcessMemory>();

export function memoryOf(store: RestoreStore): ProcessMemory {
  const memory = memories.get(store) ?? { underWay: new Map(), lost: new Map(), notStarted: new Set() };
  memories.set(store, memory);
  return memory;
}
