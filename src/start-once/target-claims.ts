import { StoreError } from '../errors/store-error.ts';
import { nameOfTarget } from './record-names.ts';
import type { RestoreStore } from './restore-store.ts';
import { isUnfinished, type StartRecord } from './start-record.ts';
import type { StartRecordStore, StoredRecord } from './start-record-store.ts';
import type { StartTarget } from './start-target.ts';
import { writeUntilDone } from './write-until-done.ts';

/** One attempt that holds a target. */
interface Holder {
  readonly key: string;
  readonly attempt: string;
}

interface Claims {
  readonly v: 1;
  readonly target: StartTarget;
  readonly holders: readonly Holder[];
}

/**
 * Which attempts hold a target: one value per target, changed by compare-and-set. It only says which records to read;
 * the state is in the record of each holder. An attempt writes its claim before it may send. A holder is removed only
 * by a process that read this value first and the end of the holder after it, so no claim is lost between two writers.
 */
export class TargetClaims {
  readonly #store: RestoreStore;
  readonly #records: StartRecordStore;

  constructor(store: RestoreStore, records: StartRecordStore) {
    this.#store = store;
    this.#records = records;
  }

  /**
   * Claims the target for an attempt. If the record of another holder is preparing or unfinished, it is returned instead,
   * unless several attempts may hold the target.
   */
  claim(mine: StartRecord, options: { readonly allowConcurrent: boolean }): Promise<StoredRecord | undefined> {
    const { key, attempt, target } = mine;
    return writeUntilDone(async () => {
      const found = await this.#read(target);
      // Already written by a call whose answer was lost. Only this attempt writes its own name.
      if (found.holders.some((holder) => holder.key === key && holder.attempt === attempt)) return { done: undefined };
      const current = await this.#records.read(key);
      // Another attempt has taken the key over. It may have claimed the target already and must not be removed.
      if (current?.record.attempt !== attempt) return { done: undefined };
      const others = found.holders.filter((holder) => holder.key !== key);
      const open = await this.#open(others);
      const [blocker] = open;
      if (blocker && !options.allowConcurrent) return { done: blocker };
      const kept = open.map(({ record }): Holder => ({ key: record.key, attempt: record.attempt }));
      return this.#write(target, [...kept, { key, attempt }], found.version);
    });
  }

  /**
   * Another start on the same target that may have been sent and has no handle. A restore that is found may be the one
   * of that start.
   */
  async otherInDoubt({ key, target }: StartRecord): Promise<StartRecord | undefined> {
    const { holders } = await this.#read(target);
    const open = await this.#open(holders.filter((holder) => holder.key !== key));
    return open.map(({ record }) => record).find((record) => isUnfinished(record) && !record.handle);
  }

  /** Frees the target of an attempt that has ended. */
  free({ key, attempt, target }: StartRecord): Promise<undefined> {
    return writeUntilDone(async () => {
      const found = await this.#read(target);
      const left = found.holders.filter((holder) => holder.key !== key || holder.attempt !== attempt);
      if (left.length === found.holders.length) return { done: undefined };
      return this.#write(target, left, found.version);
    });
  }

  /** The records of the holders that still count. */
  async #open(holders: readonly Holder[]): Promise<readonly StoredRecord[]> {
    const open: StoredRecord[] = [];
    for (const holder of holders) {
      const stored = await this.#records.read(holder.key);
      // If the key belongs to a newer attempt, that attempt claims the target itself before it sends.
      if (!stored || stored.record.attempt !== holder.attempt) continue;
      if (stored.record.state === 'preparing' || isUnfinished(stored.record)) open.push(stored);
    }
    return open;
  }

  async #read(target: StartTarget): Promise<{ readonly holders: readonly Holder[]; readonly version?: string }> {
    const name = nameOfTarget(target);
    const stored = await this.#store.get(name);
    if (!stored) return { holders: [] };
    const claims = parseClaims(stored.value);
    if (!claims) {
      throw new StoreError(`This version of the package cannot read ${name} of the store.`, { reason: 'damaged' });
    }
    return { holders: claims.holders, version: stored.version };
  }

  async #write(
    target: StartTarget,
    holders: readonly Holder[],
    version: string | undefined,
  ): Promise<{ readonly done: undefined } | undefined> {
    const claims: Claims = { v: 1, target, holders };
    const name = nameOfTarget(target);
    const text = JSON.stringify(claims);
    const written =
      version === undefined
        ? await this.#store.createIfAbsent(name, text)
        : await this.#store.compareAndSet(name, text, version);
    return written === undefined ? undefined : { done: undefined };
  }
}

function parseClaims(text: string): Claims | undefined {
  try {
    const claims = JSON.parse(text) as Partial<Claims> | null;
    return claims?.v === 1 && Array.isArray(claims.holders) ? (claims as Claims) : undefined;
  } catch {
    return undefined;
  }
}
