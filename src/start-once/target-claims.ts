import { StoreError } from '../errors/store-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
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
  /** How long the last restores took, in milliseconds, by kind; the latest is last. */
  readonly durationsMs?: Readonly<Record<string, readonly number[]>>;
}

type StoredClaims = Pick<Claims, 'holders' | 'durationsMs'> & { readonly version?: string };

/** The duration of a restore that has ended well. */
export interface EndedRestore {
  readonly kind: string;
  readonly durationMs: number;
}

const MOST_DURATIONS = 10;

/**
 * Which attempts hold a target: one value per target, changed by compare-and-set. It only says which records to read;
 * the state is in the record of each holder. An attempt writes its claim before it may send. A holder is removed only
 * by a process that read this value first and the end of the holder after it, so no claim is lost between two writers.
 */
export class TargetClaims {
  readonly #store: RestoreStore;
  readonly #records: StartRecordStore;
  /** What was read last, for the durations only. All reads of a start are of one target. */
  #lastRead: StoredClaims | undefined;

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
      return this.#write(target, [...kept, { key, attempt }], found);
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

  /** How long the last restores of a kind on the target took, in milliseconds, the latest last. */
  async durationsMs(target: StartTarget, kind: string): Promise<readonly number[]> {
    return durationsOf(this.#lastRead ?? (await this.#read(target)), kind);
  }

  /** Frees the target of an attempt that has ended, and keeps how long its restore took. */
  free({ key, attempt, target }: StartRecord, ended?: EndedRestore): Promise<undefined> {
    return writeUntilDone(async () => {
      const found = await this.#read(target);
      const left = found.holders.filter((holder) => holder.key !== key || holder.attempt !== attempt);
      if (left.length === found.holders.length) return { done: undefined };
      return this.#write(target, left, ended ? withDuration(found, ended) : found);
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

  async #read(target: StartTarget): Promise<StoredClaims> {
    const name = nameOfTarget(target);
    const stored = await this.#store.get(name);
    if (!stored) {
      this.#lastRead = { holders: [] };
      return this.#lastRead;
    }
    const claims = parseClaims(stored.value);
    if (!claims) {
      throw new StoreError(`This version of the package cannot read ${name} of the store.`, { reason: 'damaged' });
    }
    this.#lastRead = claims;
    return { ...claims, version: stored.version };
  }

  async #write(
    target: StartTarget,
    holders: readonly Holder[],
    { durationsMs, version }: StoredClaims,
  ): Promise<{ readonly done: undefined } | undefined> {
    const claims: Claims = { v: 1, target, holders, ...omitUndefined({ durationsMs }) };
    const name = nameOfTarget(target);
    const text = JSON.stringify(claims);
    const written =
      version === undefined
        ? await this.#store.createIfAbsent(name, text)
        : await this.#store.compareAndSet(name, text, version);
    return written === undefined ? undefined : { done: undefined };
  }
}

function durationsOf({ durationsMs }: StoredClaims, kind: string): readonly number[] {
  const durations: unknown = durationsMs?.[kind];
  return Array.isArray(durations) ? durations.filter((each) => typeof each === 'number') : [];
}

function withDuration(claims: StoredClaims, { kind, durationMs }: EndedRestore): StoredClaims {
  const last = [...durationsOf(claims, kind), durationMs].slice(-MOST_DURATIONS);
  return { ...claims, durationsMs: { ...claims.durationsMs, [kind]: last } };
}

function parseClaims(text: string): Claims | undefined {
  try {
    const claims = JSON.parse(text) as Partial<Claims> | null;
    return claims?.v === 1 && Array.isArray(claims.holders) ? (claims as Claims) : undefined;
  } catch {
    return undefined;
  }
}
