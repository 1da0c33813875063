import type { Clock } from '../../../src/clock/clock.ts';
import type { ObjectCalls } from '../../../src/start-once/object-store.ts';
import type { RestoreStore } from '../../../src/start-once/restore-store.ts';
import { byShare, logUniform, type Random } from './random.ts';
import type { SimulatedProcess } from './simulated-process.ts';

/** The share of writes with each fault. Reads have the same faults, without effects. */
export interface StoreFaults {
  /** It fails and has no effect. */
  readonly failBefore: number;
  /** It takes effect, but fails. */
  readonly failAfter: number;
  /** It hangs for ever, before or after it takes effect. */
  readonly hangBefore: number;
  readonly hangAfter: number;
  /** It fails now and takes effect up to 10 minutes later, like a delayed request. */
  readonly late: number;
  /** It takes effect, but reports a conflict, because the client has resent it and conflicts with itself. */
  readonly conflictWithItself: number;
  /** It takes up to 30 s. */
  readonly slow: number;
}

const forever = () => new Promise<never>(() => {});

/** The link between a process and its store, with random faults and points at which the process may die. */
export class FaultyLink {
  readonly #base: Clock;
  readonly #process: SimulatedProcess;
  readonly #random: Random;
  readonly #faults: StoreFaults;

  constructor(base: Clock, process: SimulatedProcess, random: Random, faults: StoreFaults) {
    this.#base = base;
    this.#process = process;
    this.#random = random;
    this.#faults = faults;
  }

  read<T>(work: () => Promise<T>): Promise<T> {
    return this.#process.outside(async () => {
      const fault = byShare(this.#random, this.#faults);
      await this.#travel(fault === 'slow');
      if (fault === 'failBefore' || fault === 'failAfter') throw new Error('The store is not reachable.');
      if (fault === 'hangBefore' || fault === 'hangAfter') return forever();
      return work();
    });
  }

  write<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
    return this.#process.outside(async () => {
      const fault = byShare(this.#random, this.#faults);
      await this.#travel(fault === 'slow');
      if (fault === 'failBefore') throw new Error('The store is not reachable.');
      if (fault === 'hangBefore') return forever();
      if (fault === 'late') {
        const delayMs = logUniform(this.#random, 1_000, 600_000);
        this.#base.sleep(delayMs).then(work, () => undefined);
        throw new Error('The answer of the store was lost.');
      }
      const answer = await work();
      await this.#travel(false);
      if (fault === 'failAfter') throw new Error('The answer of the store was lost.');
      if (fault === 'hangAfter') return forever();
      return fault === 'conflictWithItself' ? undefined : answer;
    });
  }

  async #travel(isSlow: boolean): Promise<void> {
    await this.#base.sleep(isSlow ? logUniform(this.#random, 1_000, 30_000) : logUniform(this.#random, 1, 50));
  }
}

export function storeOver(store: RestoreStore, link: FaultyLink): RestoreStore {
  return {
    get: (name) => link.read(() => store.get(name)),
    list: (prefix, options) => link.read(() => store.list(prefix, options)),
    createIfAbsent: (name, value) => link.write(() => store.createIfAbsent(name, value)),
    compareAndSet: (name, value, version) => link.write(() => store.compareAndSet(name, value, version)),
  };
}

/** Faults below an object store: there a write is a read and a conditional write. */
export function objectCallsOver(calls: ObjectCalls, link: FaultyLink): ObjectCalls {
  return {
    get: (name) => link.read(() => calls.get(name)),
    list: (prefix, options) => link.read(() => calls.list(prefix, options)),
    putIfAbsent: (name, value) => link.write(() => calls.putIfAbsent(name, value)),
    putIfMatch: (name, value, version) => link.write(() => calls.putIfMatch(name, value, version)),
  };
}

/** A bucket in memory, with ETags that follow from the content, as in S3. */
export function bucket(): ObjectCalls {
  const objects = new Map<string, string>();
  const etagOf = (text: string) => `"${[...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7)}"`;
  const put = (name: string, value: string) => {
    objects.set(name, value);
    return etagOf(value);
  };
  return {
    async get(name) {
      const value = objects.get(name);
      return value === undefined ? undefined : { value, version: etagOf(value) };
    },
    async putIfAbsent(name, value) {
      return objects.has(name) ? undefined : put(name, value);
    },
    async putIfMatch(name, value, version) {
      const current = objects.get(name);
      return current === undefined || etagOf(current) !== version ? undefined : put(name, value);
    },
    async list(prefix, { after = '', limit = 1_000 } = {}) {
      const names = [...objects.keys()].filter((name) => name.startsWith(prefix) && name > after);
      return names.sort((one, other) => (one < other ? -1 : 1)).slice(0, limit);
    },
  };
}
