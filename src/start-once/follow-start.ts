import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { checkStore } from './check-store.ts';
import type { RestoreStore } from './restore-store.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import { StartReconciler } from './start-reconciler.ts';
import { StartRecords } from './start-records.ts';

export interface FollowStartOptions<Op extends AnyOperation> {
  readonly key: string;
  readonly store: RestoreStore;
  readonly client: StartOnceClient<Op>;
  readonly onStoreError?: (error: unknown) => void;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/**
 * The operation that was started under a key, running or finished. A terminal look through it closes the record and
 * frees the target. Starts nothing, asks the vendor nothing.
 * @throws {ConfigurationError} nothing was started under that key
 * @throws {StartOutcomeUnknownError} it has no handle
 */
export async function followStart<Op extends AnyOperation>(options: FollowStartOptions<Op>): Promise<Op> {
  const { key, store, client, clock = systemClock, onStoreError } = options;
  checkStore(store);
  const desk = new StartRecords(store, clock, onStoreError);
  const record = (await desk.book.read(key))?.record;
  if (!record || record.state === 'released' || record.state === 'preparing') {
    throw new ConfigurationError('key', `'${key}' has started nothing.`);
  }
  const operation = desk.resume(record, client);
  if (operation) return operation;
  throw new StartReconciler(record, { store, client, desk, clock }).error();
}
