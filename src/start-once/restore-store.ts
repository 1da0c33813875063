export interface StoredValue {
  readonly value: string;
  /** Changes with every write of the name. A version is never used again. */
  readonly version: string;
}

export interface ListOptions {
  /** Only names that come after this one. */
  readonly after?: string | undefined;
  /** The most names to return. @default a number that the store chooses */
  readonly limit?: number | undefined;
}

/**
 * A durable store for small texts, shared by all processes that may start restores. `storeConformance` tests an
 * implementation.
 *
 * - A write that has resolved survives the process and the machine. If a store can lose it (a cache, failover to an
 *   asynchronous replica, a volume without sync), a restore may start twice.
 * - Every later `get`, in every process, sees what was written. So do not read from a replica or a cache.
 * - Nothing is deleted: no lifecycle rule, no expiry, no cleanup job. If a record is lost, its restore may start
 *   again.
 * - A missing store is not an empty store: if the volume, table or bucket is missing, calls must reject.
 *
 * Names have up to 1,000 characters of `A-Z a-z 0-9 - _ . ! ~ * ' ( ) % /`. Values have up to about 64 kB.
 */
export interface RestoreStore {
  /** Returns undefined if the name has no value. */
  get(name: string): Promise<StoredValue | undefined>;
  /**
   * Writes a value if the name has none. Returns its version, or undefined if the name has a value. It must be atomic.
   */
  createIfAbsent(name: string, value: string): Promise<string | undefined>;
  /**
   * Writes a value if `version` is the current version. Returns the new version, otherwise undefined. It must be
   * atomic.
   */
  compareAndSet(name: string, value: string, version: string): Promise<string | undefined>;
  /**
   * Names that begin with `prefix`, in the order of `<`. A page may be shorter than `limit`. The list ends with an
   * empty page.
   */
  list(prefix: string, options?: ListOptions): Promise<readonly string[]>;
}
