import { StoreError } from '../errors/store-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { nameOfOperation } from './record-names.ts';
import type { RestoreStore } from './restore-store.ts';
import type { StartRecord } from './start-record.ts';
import type { StartRecordStore } from './start-record-store.ts';
import { writeUntilDone } from './write-until-done.ts';

/** Whose restore an operation is. */
interface Ownership {
  readonly v: 1;
  readonly baseUrl?: string;
  readonly kind: string;
  readonly id: string;
  readonly key: string;
}

/**
 * Which key an operation of the vendor belongs to: one record for each operation, created where it is absent. So two keys
 * never hold one operation, whoever finds it when.
 */
export class OperationOwners {
  readonly #store: RestoreStore;
  readonly #records: StartRecordStore;

  constructor(store: RestoreStore, records: StartRecordStore) {
    this.#store = store;
    this.#records = records;
  }

  /**
   * Takes an operation for a key. Answers the key that it belongs to afterwards.
   * @param isAnswer the vendor answered the start of this key with it. An id that an ended restore had is then taken
   * over, since a vendor may count its ids anew.
   */
  claim(handle: OperationHandle, { key }: StartRecord, isAnswer: boolean): Promise<string> {
    const name = nameOfOperation(handle);
    const { baseUrl, kind, id } = handle;
    const mine: Ownership = omitUndefined({ v: 1 as const, baseUrl, kind, id, key });
    const text = JSON.stringify(mine);
    return writeUntilDone(async () => {
      const found = await this.#store.get(name);
      if (!found) {
        const created = await this.#store.createIfAbsent(name, text);
        return created === undefined ? undefined : { done: key };
      }
      const owner = parseOwnership(name, found.value).key;
      if (owner === key) return { done: key };
      if (!isAnswer || !(await this.#hasEnded(owner))) return { done: owner };
      const written = await this.#store.compareAndSet(name, text, found.version);
      return written === undefined ? undefined : { done: key };
    });
  }

  async #hasEnded(key: string): Promise<boolean> {
    return (await this.#records.read(key))?.record.state === 'ended';
  }
}

function parseOwnership(name: string, text: string): Ownership {
  try {
    const found = JSON.parse(text) as Partial<Ownership> | null;
    if (found?.v === 1 && typeof found.key === 'string') return found as Ownership;
  } catch {
    // Told below.
  }
  throw new StoreError(`This version of the package cannot read ${name} of the store.`, { reason: 'damaged' });
}
