import type { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import type { RestoreStore } from './restore-store.ts';

export type Reconcile<Op = unknown> = StartOutcomeUnknownError<Op>['reconcile'];

/** What this process knows of the starts in one store beyond what is written there. */
export interface ProcessMemory {
  /** Calls under way, by key: a second one in the same process waits instead of guessing whether the first one lives. */
  readonly underWay: Map<string, Promise<unknown>>;
  /** By attempt: how the vendor can be asked about a start whose answer this process has lost. */
  readonly lost: Map<string, Reconcile>;
}

/** Goes with its store. */
const memories = new WeakMap<RestoreStore, ProcessMemory>();

export function memoryOf(store: RestoreStore): ProcessMemory {
  const memory = memories.get(store) ?? { underWay: new Map(), lost: new Map() };
  memories.set(store, memory);
  return memory;
}
