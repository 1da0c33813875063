import type { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import type { RestoreStore } from './restore-store.ts';

export type Reconcile<Op = unknown> = StartOutcomeUnknownError<Op>['reconcile'];

/** What this process knows of the starts in one store beyond what is written there. */
export interface ProcessMemory {
  /** Calls under way, by key: a second one in the same process waits instead of guessing whether the first one lives. */
  readonly underWay: Map<string, Promise<unknown>>;
  /** By attempt: how the vendor can be asked about a start whose answer this process has lost. */
  readonly lost: Map<string, Reconcile>;
  /**
   * Attempts of this process that provably started nothing and that the store may not know so, because it failed at that
   * moment. They never send any more, so whoever meets them in this process releases them.
   */
  readonly notStarted: Set<string>;
}

/** Lives as long as its store. */
const memories = new WeakMap<RestoreStore, ProcessMemory>();

export function memoryOf(store: RestoreStore): ProcessMemory {
  const memory = memories.get(store) ?? { underWay: new Map(), lost: new Map(), notStarted: new Set() };
  memories.set(store, memory);
  return memory;
}
