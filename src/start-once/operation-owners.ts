import { StoreError } from '../errors/store-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { nameOfOperation } from './record-names.ts';
import type { RestoreStore } from './restore-store.ts';
import type { StartRecord } from './start-record.ts';
import type { StartRecordStore } from './start-record-store.ts';
import { writeUntilDone } from './write-until-done.ts';

/** The key that an operation belongs to. */
interface Ownership {
  readonly v: 1;
  readonly baseUrl?: string;
  readonly kind: string;
  readonly id: string;
  readonly key: string;
}

/**
 * Records which key an operation of the vendor belongs to. There is one record per operation, which is only created if
 * it is absent. So two keys never hold the same operation.
 */
export class OperationOwners {
  readonly #store: RestoreStore;
  readonly #records: StartRecordStore;

  constructor(store: RestoreStore, records: StartRecordStore) {
    this.#store = store;
    this.#records = records;
  }

  /**
   * Claims an operation for a key. Returns the key that the operation belongs to afterwards.
   * @param isAnswer whether the vendor answered the start of this key with this operation. Then the key also gets an id
   *   that belonged to an ended restore, because a vendor may use ids again.
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
