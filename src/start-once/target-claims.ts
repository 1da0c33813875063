import { ConfigurationError } from '../errors/configuration-error.ts';
import { nameOfTarget } from './names.ts';
import type { RecordBook } from './record-book.ts';
import type { RestoreStore } from './restore-store.ts';
import { isUnfinished, type StartRecord } from './start-record.ts';
import type { StartTarget } from './start-target.ts';
import { untilWritten } from './until-written.ts';

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

/** A process that prepares a start needs a few writes; after so long it is dead, and is fenced off. */
export const PREPARING_MS = 5_000;

/**
 * Who holds which target: one text for each target, changed by compare-and-set. It only says where to poll; the truth is
 * in the record of each holder. An attempt writes its claim before it may send, and a holder is only taken out by
 * somebody who read this text first and the holder's end after it, so no claim can be lost between two writers.
 */
export class TargetClaims {
  readonly #store: RestoreStore;
  readonly #book: RecordBook;

  constructor(store: RestoreStore, book: RecordBook) {
    this.#store = store;
    this.#book = book;
  }

  /** Claims the target for an attempt; answers the unfinished start that is in the way instead, unless it may be. */
  claim(
    mine: StartRecord,
    options: { readonly allowConcurrent: boolean; readonly now: number },
  ): Promise<StartRecord | undefined> {
    const { key, attempt, target } = mine;
    return untilWritten(async () => {
      const found = await this.#read(target);
      // Written already, by a call whose answer was lost: nobody else writes the name of this attempt.
      if (found.holders.some((holder) => holder.key === key && holder.attempt === attempt)) return { done: undefined };
      const standing = await this.#book.read(key);
      // Overtaken: the attempt that took the key over may have claimed already, and must not be taken out.
      if (standing?.record.attempt !== attempt) return { done: undefined };
      const others = found.holders.filter((holder) => holder.key !== key);
      const open = options.allowConcurrent ? { holders: others } : await this.#open(others, options.now);
      if (open === undefined) return undefined;
      if ('record' in open && open.record) return { done: open.record };
      return this.#write(target, [...open.holders, { key, attempt }], found.version);
    });
  }

  /** Frees the target of an attempt that is over. */
  free({ key, attempt, target }: StartRecord): Promise<undefined> {
    return untilWritten(async () => {
      const found = await this.#read(target);
      const left = found.holders.filter((holder) => holder.key !== key || holder.attempt !== attempt);
      if (left.length === found.holders.length) return { done: undefined };
      return this.#write(target, left, found.version);
    });
  }

  /** The holders that still count, and the record of the first one; undefined where one changed meanwhile. */
  async #open(
    holders: readonly Holder[],
    now: number,
  ): Promise<{ readonly holders: readonly Holder[]; readonly record?: StartRecord | undefined } | undefined> {
    const open: Holder[] = [];
    let first: StartRecord | undefined;
    for (const holder of holders) {
      const entry = await this.#book.read(holder.key);
      // A key that goes on under another attempt claims the target anew before it sends.
      if (!entry || entry.record.attempt !== holder.attempt) continue;
      const { record } = entry;
      const isPreparing = record.state === 'preparing';
      if (isPreparing && Math.abs(now - Date.parse(record.updatedAt)) > PREPARING_MS) {
        const updatedAt = new Date(now).toISOString();
        const fenced = await this.#book.replace(entry, {
          ...record,
          state: 'released',
          reason: 'died-preparing',
          updatedAt,
        });
        if (!fenced) return undefined;
      } else if (isPreparing || isUnfinished(record)) {
        open.push(holder);
        first ??= record;
      }
    }
    return { holders: open, record: first };
  }

  async #read(target: StartTarget): Promise<{ readonly holders: readonly Holder[]; readonly version?: string }> {
    const stored = await this.#store.get(nameOfTarget(target));
    if (!stored) return { holders: [] };
    const claims = parseClaims(stored.value);
    if (!claims) {
      throw new ConfigurationError('store', `holds claims of ${nameOfTarget(target)} that this version cannot read.`);
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
