export interface StoredValue {
  readonly value: string;
  /** Changes with every write of the name, and never comes back. */
  readonly version: string;
}

/**
 * A durable place for small texts, shared by all processes that may start restores. A write that has resolved survives
 * the process, and the machine; a name that was written is seen by every later `get`. `storeConformance` checks one.
 *
 * Names have up to 1,000 characters out of `A-Z a-z 0-9 - _ . ! ~ * ' ( ) % /`, values up to some 64 kB. Nothing is deleted.
 */
export interface RestoreStore {
  /** undefined where the name has no value. */
  get(name: string): Promise<StoredValue | undefined>;
  /** Writes where the name has no value yet. Answers the version, or undefined where it has one; decided atomically. */
  createIfAbsent(name: string, value: string): Promise<string | undefined>;
  /** Writes where `version` is still the current one. Answers the new version, or undefined; decided atomically. */
  compareAndSet(name: string, value: string, version: string): Promise<string | undefined>;
  /** All names that begin with `prefix`, in any order. */
  list(prefix: string): Promise<readonly string[]>;
}
