import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import type { StoreError } from '../errors/store-error.ts';
import { BoundedStore } from './bounded-store.ts';
import { checkStore } from './check-store.ts';
import { resumeStarted, withDurations } from './followed-start.ts';
import type { RestoreStore } from './restore-store.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import { StartReconciler } from './start-reconciler.ts';
import { StartRecords } from './start-records.ts';

export interface FollowStartOptions<Op extends AnyOperation> {
  readonly key: string;
  readonly store: RestoreStore;
  readonly client: StartOnceClient<Op>;
  /** How long one call of the store may take, in milliseconds. @default 10 s */
  readonly storeTimeoutMs?: number | undefined;
  /** Called if the end is known but could not be written to the store. */
  readonly onStoreError?: ((error: StoreError) => void) | undefined;
  /** @default the system clock */
  readonly clock?: Clock | undefined;
}

/**
 * Returns the operation that was started under a key, running or finished. When it is polled and has ended, the
 * record is closed and the target is freed. `followStart` itself starts nothing and sends no request to the vendor.
 * @throws {ConfigurationError} nothing was started under that key
 * @throws {StartOutcomeUnknownError} the record of the key has no handle
 * @throws {StoreError} the store is missing, damaged or failed
 */
export async function followStart<Op extends AnyOperation>(options: FollowStartOptions<Op>): Promise<Op> {
  const { key, store, client, clock = systemClock, onStoreError, storeTimeoutMs } = options;
  checkStore(store);
  const records = new StartRecords(new BoundedStore(store, clock, { timeoutMs: storeTimeoutMs }), clock);
  const record = (await records.records.read(key))?.record;
  if (!record || record.state === 'released' || record.state === 'preparing') {
    throw new ConfigurationError('key', `nothing was started under '${key}'.`);
  }
  const operation = resumeStarted(record, client, { records, onStoreError });
  if (operation) return withDurations(operation, record, records);
  throw new StartReconciler(record, { store, client, records, clock, onStoreError }).error();
}
