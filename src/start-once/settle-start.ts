import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { checkStore } from './check-store.ts';
import type { RestoreStore } from './restore-store.ts';
import type { AnyOperation } from './start-client.ts';
import { isUnfinished, type StartRecord } from './start-record.ts';
import { StartRecords } from './start-records.ts';

export interface SettleStartOptions {
  readonly key: string;
  readonly store: RestoreStore;
  /**
   * What a person has found out where no program could.
   * - 'not-started': the key may start again. Be sure: this is the one way to two restores.
   * - 'ended': it is over, however; the target is free.
   * - an operation, such as `client.attach({ id })`: this is the restore that was started.
   */
  readonly as: 'not-started' | 'ended' | AnyOperation;
  /** @default the system's clock */
  readonly clock?: Clock;
}

/**
 * Records a person's word about a start that no program can know about, so that its target is not held for ever.
 * @throws {ConfigurationError} the key has nothing to settle, or has a handle that says otherwise
 */
export async function settleStart(options: SettleStartOptions): Promise<StartRecord> {
  const { key, store, as, clock = systemClock } = options;
  checkStore(store);
  const desk = new StartRecords(store, clock);
  const record = (await desk.book.read(key))?.record;
  if (!record || !isUnfinished(record)) {
    throw new ConfigurationError('key', `'${key}' has nothing to settle${record ? `: it is '${record.state}'` : ''}.`);
  }
  if (record.handle && as !== 'ended') {
    throw new ConfigurationError(
      'as',
      `'${key}' has a handle (${record.handle.kind} ${record.handle.id}): follow that one.`,
    );
  }
  if (as === 'not-started') await desk.release(record, 'settled');
  else if (as === 'ended') await desk.end(record, 'settled');
  else if (typeof as?.toJSON === 'function') await desk.started(record, as.toJSON());
  else throw new ConfigurationError('as', `must be 'not-started', 'ended' or an operation.`);
  return (await desk.book.read(key))?.record ?? record;
}
