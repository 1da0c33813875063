import { nameOfKey } from './record-names.ts';
import type { RestoreStore } from './restore-store.ts';
import { parseRecord, type StartRecord } from './start-record.ts';

/** A record and the version that it had when it was read. */
export interface StoredRecord {
  readonly record: StartRecord;
  readonly version: string;
}

/** The records of a store, by key. */
export class StartRecordStore {
  readonly #store: RestoreStore;

  constructor(store: RestoreStore) {
    this.#store = store;
  }

  async read(key: string): Promise<StoredRecord | undefined> {
    const name = nameOfKey(key);
    const stored = await this.#store.get(name);
    return stored && { record: parseRecord(name, stored.value), version: stored.version };
  }

  /** Returns undefined if the key already has a record. */
  async create(record: StartRecord): Promise<StoredRecord | undefined> {
    const text = JSON.stringify(record);
    return this.#written(record, text, await this.#store.createIfAbsent(nameOfKey(record.key), text));
  }

  /** Returns undefined if the record was changed since it was read. */
  async replace({ version: read }: StoredRecord, record: StartRecord): Promise<StoredRecord | undefined> {
    const text = JSON.stringify(record);
    const version = await this.#store.compareAndSet(nameOfKey(record.key), text, read);
    return this.#written(record, text, version);
  }

  /**
   * The client of a store may resend a write whose answer was lost and then get a conflict with its own write. Each
   * text holds the name of its attempt, so an identical value is our own write.
   */
  async #written(record: StartRecord, text: string, version: string | undefined): Promise<StoredRecord | undefined> {
    if (version !== undefined) return { record, version };
    const stored = await this.#store.get(nameOfKey(record.key));
    return stored?.value === text ? { record, version: stored.version } : undefined;
  }
}
