import { ConfigurationError } from '../errors/configuration-error.ts';

/** A record of a `TokenStore`. */
export interface StoredTokens {
  readonly value: string;
  /** Changes with every write of the name. */
  readonly version: string;
}

/**
 * Keeps the tokens of a login for all processes that share it. If refresh tokens work once, all processes with the same
 * login must use one store, so that one of them refreshes and the others use its tokens.
 *
 * The values are secrets in plain text. Keep them where only the account of the service can read them: a file with mode
 * 0600 (`fileTokenStore` of restorekit/node), or the store of a secret manager. In a database that others can read, wrap
 * the store in `encryptedTokenStore`.
 *
 * A record has up to 20 kB. A write that has resolved is seen by every later `read`, in every process.
 */
export interface TokenStore {
  /** Returns undefined if the name has no record. */
  read(name: string): Promise<StoredTokens | undefined>;
  /**
   * Writes a record if `version` is the current version; if `version` is undefined, only if the name has no record.
   * Returns the new version, or undefined if another process was faster. It must be atomic.
   */
  replace(name: string, value: string, version: string | undefined): Promise<string | undefined>;
}

/**
 * A token store in memory, for all clients of one process. It is lost when the process ends: use it with `onRotate`, or
 * in tests.
 */
export function memoryTokenStore(): TokenStore {
  const records = new Map<string, StoredTokens>();
  let writes = 0;
  return {
    async read(name) {
      return records.get(name);
    },
    async replace(name, value, version) {
      if (records.get(name)?.version !== version) return undefined;
      writes += 1;
      records.set(name, { value, version: String(writes) });
      return String(writes);
    },
  };
}

/** @throws {ConfigurationError} it has no `read` or `replace` */
export function requireTokenStore(field: string, store: unknown): TokenStore {
  const { read, replace } = (store ?? {}) as Partial<Record<keyof TokenStore, unknown>>;
  if (typeof read === 'function' && typeof replace === 'function') return store as TokenStore;
  throw new ConfigurationError(
    field,
    'must be a token store with `read` and `replace`, such as fileTokenStore(folder).',
  );
}
