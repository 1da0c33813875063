import type { Clock } from '../clock/clock.ts';
import type { StartRecordStore, StoredRecord } from './start-record-store.ts';

/**
 * A preparing record that was not renewed for this time belongs to a dead process, and another process may take it
 * over.
 */
export const PREPARING_MS = 5_000;
const RENEW_EVERY_MS = 1_500;

/**
 * Renews a preparing record while the input function runs, so that other processes see that this process is alive. If
 * another process takes the record over, it replaces the record. Then the next write of this process fails, and it
 * sends nothing.
 */
export class PreparingLease {
  readonly #records: StartRecordStore;
  readonly #clock: Clock;
  readonly #control = new AbortController();
  readonly #work: Promise<void>;
  #current: StoredRecord | undefined;

  constructor(stored: StoredRecord, records: StartRecordStore, clock: Clock) {
    this.#current = stored;
    this.#records = records;
    this.#clock = clock;
    this.#work = this.#renew();
  }

  /** Stops the renewal. Returns the current record; undefined if another process has taken it over. */
  async end(): Promise<StoredRecord | undefined> {
    this.#control.abort();
    await this.#work;
    return this.#current;
  }

  async #renew(): Promise<void> {
    const { signal } = this.#control;
    while (this.#current && !signal.aborted) {
      try {
        await this.#clock.sleep(RENEW_EVERY_MS, signal);
      } catch {
        return;
      }
      if (!signal.aborted) await this.#write(this.#current);
    }
  }

  async #write(stored: StoredRecord): Promise<void> {
    const { key, attempt } = stored.record;
    try {
      const updatedAt = new Date(this.#clock.now()).toISOString();
      const written = await this.#records.replace(stored, { ...stored.record, updatedAt });
      if (written) {
        this.#current = written;
        return;
      }
      // Either another process has taken the record over, or an earlier write of this lease arrived late.
      const found = await this.#records.read(key);
      this.#current = found?.record.attempt === attempt && found.record.state === 'preparing' ? found : undefined;
    } catch {
      // The store is tried again at the next renewal, and by the write of the intent.
    }
  }
}
