import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { BoundedStore } from './bounded-store.ts';
import { checkStore } from './check-store.ts';
import { STARTS } from './record-names.ts';
import type { RestoreStore } from './restore-store.ts';
import { parseRecord, type StartRecord } from './start-record.ts';

export interface ListStartsOptions {
  readonly store: RestoreStore;
  /** How long one call of the store may take, in milliseconds. @default 10 s */
  readonly storeTimeoutMs?: number | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
}

export interface Starts extends AsyncIterable<StartRecord> {
  /** Reads all pages and returns all records. */
  toArray(): Promise<StartRecord[]>;
}

const PAGE = 100;
const READS_AT_ONCE = 10;

/**
 * Lists all starts in the store, in the order of their keys, for example to find unfinished or unknown ones. Pages
 * are read while the list is consumed. Each loop reads the list again.
 *
 * @example
 * for await (const { key, state } of listStarts({ store })) console.log(key, state);
 *
 * @throws {StoreError} the store is missing, damaged or failed
 */
export function listStarts(options: ListStartsOptions): Starts {
  const { store, storeTimeoutMs, clock = systemClock } = options;
  checkStore(store);
  const bounded = new BoundedStore(store, clock, { timeoutMs: storeTimeoutMs });
  return {
    [Symbol.asyncIterator]: () => recordsOf(bounded),
    toArray: async () => {
      const all: StartRecord[] = [];
      for await (const record of recordsOf(bounded)) all.push(record);
      return all;
    },
  };
}

async function* recordsOf(store: RestoreStore): AsyncGenerator<StartRecord, void, undefined> {
  let after: string | undefined;
  for (;;) {
    const names: readonly string[] = await store.list(STARTS, { after, limit: PAGE });
    if (names.length === 0) return;
    for (let at = 0; at < names.length; at += READS_AT_ONCE) {
      const some = names.slice(at, at + READS_AT_ONCE);
      const found = await Promise.all(some.map(async (name) => ({ name, stored: await store.get(name) })));
      for (const { name, stored } of found) if (stored) yield parseRecord(name, stored.value);
    }
    after = names.at(-1);
  }
}
