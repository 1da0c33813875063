import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { BoundedStore } from './bounded-store.ts';
import { checkStore } from './check-store.ts';
import type { RestoreStore } from './restore-store.ts';
import type { AnyOperation } from './start-client.ts';
import { isUnfinished, type StartRecord } from './start-record.ts';
import { StartRecords } from './start-records.ts';
import { normalBaseUrl } from './start-target.ts';

export interface SettleStartOptions {
  readonly key: string;
  readonly store: RestoreStore;
  /**
   * What a person has found out about the start.
   * - 'not-started': the key may start again. Make sure that no restore is running, and that no suspended process can
   *   still send the start. Otherwise two restores may run.
   * - 'ended': the restore has ended, in whatever way. The target is freed.
   * - an operation, such as `client.attach({ id })`: the restore that was started.
   *
   * @example
   * await settleStart({ key: 'CHANGE-4711', store, as: 'not-started' });
   */
  readonly as: 'not-started' | 'ended' | AnyOperation;
  /** How long one call of the store may take, in milliseconds. @default 10 s */
  readonly storeTimeoutMs?: number | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
}

/**
 * Records the decision of a person about a start whose outcome no program can know, so that its target is not blocked
 * for ever.
 * @throws {ConfigurationError} the key has nothing to settle or already has a handle, or the operation belongs to
 *   another key or another system
 * @throws {StoreError} the store is missing, damaged or failed
 */
export async function settleStart(options: SettleStartOptions): Promise<StartRecord> {
  const { key, store, as, clock = systemClock, storeTimeoutMs } = options;
  checkStore(store);
  const records = new StartRecords(new BoundedStore(store, clock, { timeoutMs: storeTimeoutMs }), clock);
  const record = (await records.records.read(key))?.record;
  if (!record || !isUnfinished(record)) {
    throw new ConfigurationError(
      'key',
      `there is nothing to settle for '${key}'${record ? `: it is '${record.state}'` : ''}.`,
    );
  }
  if (record.handle && as !== 'ended') {
    throw new ConfigurationError(
      'as',
      `'${key}' already has a handle (${record.handle.kind} ${record.handle.id}): follow that operation.`,
    );
  }
  if (as === 'not-started') await records.release(record, 'settled');
  else if (as === 'ended') await records.end(record, 'settled');
  else if (typeof as?.toJSON === 'function') await adopt(records, record, as.toJSON());
  else throw new ConfigurationError('as', `must be 'not-started', 'ended' or an operation.`);
  return (await records.records.read(key))?.record ?? record;
}

async function adopt(records: StartRecords, record: StartRecord, handle: OperationHandle): Promise<void> {
  const { baseUrl, kind, id } = handle;
  if (baseUrl !== undefined && normalBaseUrl(baseUrl) !== record.target.baseUrl) {
    throw new ConfigurationError(
      'as',
      `is an operation of ${baseUrl}, but '${record.key}' belongs to ${record.target.baseUrl}.`,
    );
  }
  const written = await records.adopted(record, handle, false);
  if (written.outcome === 'owned') {
    throw new ConfigurationError('as', `is ${kind} ${id}, which belongs to the key '${written.by}'.`);
  }
}
