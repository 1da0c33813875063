import type { Clock } from '../clock/clock.ts';
import { startDeadline } from '../clock/deadline.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { ListOptions, RestoreStore, StoredValue } from './restore-store.ts';

const STORE_TIMEOUT_MS = 10_000;

/**
 * A store whose calls have a time limit and fail only with a `StoreError`. A call that took too long may still take
 * effect, so read again before the next write.
 */
export class BoundedStore implements RestoreStore {
  readonly #store: RestoreStore;
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  /** The time by which every call ends, in milliseconds since the epoch. */
  readonly #deadline: number;

  constructor(
    store: RestoreStore,
    clock: Clock,
    { timeoutMs = STORE_TIMEOUT_MS, deadline = Number.POSITIVE_INFINITY }: StoreLimits = {},
  ) {
    if (typeof timeoutMs !== 'number' || !(timeoutMs > 0)) {
      throw new ConfigurationError('storeTimeoutMs', 'must be a number of milliseconds above 0.');
    }
    this.#store = store;
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
    this.#deadline = deadline;
  }

  /** The same store for one task. All calls of the task together have the time limit of one call. */
  forOneTask(): BoundedStore {
    const deadline = Math.min(this.#deadline, this.#clock.now() + this.#timeoutMs);
    return new BoundedStore(this.#store, this.#clock, { timeoutMs: this.#timeoutMs, deadline });
  }

  /** Milliseconds left for the task. */
  get remainingMs(): number {
    return this.#deadline - this.#clock.now();
  }

  get(name: string): Promise<StoredValue | undefined> {
    return this.#bounded(`get of ${name}`, () => this.#store.get(name));
  }

  createIfAbsent(name: string, value: string): Promise<string | undefined> {
    return this.#bounded(`createIfAbsent of ${name}`, () => this.#store.createIfAbsent(name, value));
  }

  compareAndSet(name: string, value: string, version: string): Promise<string | undefined> {
    return this.#bounded(`compareAndSet of ${name}`, () => this.#store.compareAndSet(name, value, version));
  }

  list(prefix: string, options?: ListOptions): Promise<readonly string[]> {
    return this.#bounded(`list of ${prefix}`, () => this.#store.list(prefix, options));
  }

  async #bounded<T>(what: string, call: () => Promise<T>): Promise<T> {
    const limitMs = Math.min(this.#timeoutMs, this.remainingMs);
    return new Promise<T>((resolve, reject) => {
      const fail = (why: string, cause?: unknown) =>
        reject(
          new StoreError(`The store ${why} (${what}).`, {
            reason: 'failed',
            ...omitUndefined({ cause }),
          }),
        );
      if (limitMs <= 0) {
        fail('had no time left');
        return;
      }
      const dueAt = this.#clock.now() + limitMs;
      const deadline = startDeadline(this.#clock, dueAt, () => fail(`did not answer within ${limitMs} ms`));
      startOf(call).then(
        (value) => {
          deadline.stop();
          resolve(value);
        },
        (error: unknown) => {
          deadline.stop();
          if (StoreError.isInstance(error)) reject(error);
          else fail(`failed${codeOf(error)}`, error ?? new Error('It rejected without a reason.'));
        },
      );
    });
  }
}

export interface StoreLimits {
  readonly timeoutMs?: number | undefined;
  readonly deadline?: number | undefined;
}

/** A store that the caller wrote may throw synchronously. */
async function startOf<T>(call: () => Promise<T>): Promise<T> {
  return call();
}

/** The code or the name of a driver's error, such as ECONNREFUSED. Its text may quote an address with a password. */
function codeOf(error: unknown): string {
  const { code, name } = Object(error) as { readonly code?: unknown; readonly name?: unknown };
  const shown = [code, name].find((each) => typeof each === 'string' && /^[A-Za-z0-9_]{2,60}$/.test(each));
  return shown === undefined || shown === 'Error' ? '' : ` with ${shown}`;
}
