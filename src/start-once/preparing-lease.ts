import type { Clock } from '../clock/clock.ts';
import type { StartRecordStore, StoredRecord } from './start-record-store.ts';

/** A preparing record that was not written again for so long belongs to a dead process, and may be taken over. */
export const PREPARING_MS = 5_000;
const RENEW_EVERY_MS = 1_500;

/**
 * Writes a preparing record again and again, so that other processes see that its process lives while it asks for the
 * input. Whoever takes the record over replaces it: the next write of this process then fails, and it sends nothing.
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

  /** Ends the renewing. Answers the record as it is now; undefined where it was taken over. */
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
      // Taken over, or an earlier write of this lease arrived late.
      const found = await this.#records.read(key);
      this.#current = found?.record.attempt === attempt && found.record.state === 'preparing' ? found : undefined;
    } catch {
      // The store is tried again at the next renewal, and by the write of the intent.
    }
  }
}
