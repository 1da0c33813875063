import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { checkStore } from './check-store.ts';
import { LostStartInquiry } from './lost-start-inquiry.ts';
import type { RestoreStore } from './restore-store.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import { StartDesk } from './start-desk.ts';

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
  const desk = new StartDesk(store, clock, onStoreError);
  const record = (await desk.book.read(key))?.record;
  if (!record || record.state === 'released' || record.state === 'preparing') {
    throw new ConfigurationError('key', `'${key}' has started nothing.`);
  }
  const operation = desk.resume(record, client);
  if (operation) return operation;
  throw new LostStartInquiry(record, { store, client, desk, clock }).error();
}
