export interface StoredValue {
  readonly value: string;
  /** Changes with every write of the name, and never comes back. */
  readonly version: string;
}

export interface ListOptions {
  /** Only names that come after this one. */
  readonly after?: string | undefined;
  /** At most so many names. @default as many as the store likes to answer at once */
  readonly limit?: number | undefined;
}

/**
 * A durable place for small texts, shared by all processes that may start restores. `storeConformance` checks one.
 *
 * - A write that has resolved survives the process and the machine. A store that can lose it (a cache, an asynchronous
 *   replica that may take over, a volume without sync) lets a restore start twice.
 * - A name that was written is seen by every later `get`, in every process: no read from a replica, no cache.
 * - Nothing is deleted: no lifecycle rule, no expiry, no cleaning job. A record that is gone is a restore that may start
 *   again.
 * - A store that is not there is not an empty store: a missing volume, table or bucket must reject.
 *
 * Names have up to 1,000 characters out of `A-Z a-z 0-9 - _ . ! ~ * ' ( ) % /`, values up to some 64 kB.
 */
export interface RestoreStore {
  /** undefined where the name has no value. */
  get(name: string): Promise<StoredValue | undefined>;
  /** Writes where the name has no value yet. Answers the version, or undefined where it has one; decided atomically. */
  createIfAbsent(name: string, value: string): Promise<string | undefined>;
  /** Writes where `version` is still the current one. Answers the new version, or undefined; decided atomically. */
  compareAndSet(name: string, value: string, version: string): Promise<string | undefined>;
  /**
   * Names that begin with `prefix`, in the order of their characters (as `<` compares them). A page may be shorter than
   * `limit`; only an empty one says that nothing comes after.
   */
  list(prefix: string, options?: ListOptions): Promise<readonly string[]>;
}
