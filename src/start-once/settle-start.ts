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
   * What a person has found out where no program could.
   * - 'not-started': the key may start again. Be sure that nothing runs, and that no process which was about to send it is
   *   only suspended: this is the one way to two restores.
   * - 'ended': it is over, however; the target is free.
   * - an operation, such as `client.attach({ id })`: this is the restore that was started.
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
 * Records a person's word about a start that no program can know about, so that its target is not held for ever.
 * @throws {ConfigurationError} the key has nothing to settle, or has a handle that says otherwise, or the operation
 * belongs to another key or another system
 * @throws {StoreError} the store is missing, damaged or failed
 */
export async function settleStart(options: SettleStartOptions): Promise<StartRecord> {
  const { key, store, as, clock = systemClock, storeTimeoutMs } = options;
  checkStore(store);
  const records = new StartRecords(new BoundedStore(store, clock, { timeoutMs: storeTimeoutMs }), clock);
  const record = (await records.records.read(key))?.record;
  if (!record || !isUnfinished(record)) {
    throw new ConfigurationError('key', `'${key}' has nothing to settle${record ? `: it is '${record.state}'` : ''}.`);
  }
  if (record.handle && as !== 'ended') {
    throw new ConfigurationError(
      'as',
      `'${key}' has a handle (${record.handle.kind} ${record.handle.id}): follow that one.`,
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
      `is an operation of ${baseUrl}, and '${record.key}' is of ${record.target.baseUrl}.`,
    );
  }
  const written = await records.adopted(record, handle, false);
  if (written.outcome === 'owned') {
    throw new ConfigurationError('as', `is ${kind} ${id}, which belongs to the key '${written.by}'.`);
  }
}
