import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';

/**
 * Runs a limited number of calls at once; the others wait in order. Use it for requests of operations that you make
 * with `defineOperation`. Each client of this package has its own.
 *
 * @example
 * const limit = new ConcurrencyLimit(64);
 * defineOperation({ ...rest, poll: ({ signal }) => limit.run(() => readStatus(signal), signal) });
 */
export class ConcurrencyLimit {
  readonly #most: number;
  #running = 0;
  readonly #queue: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** Runs `work` as soon as a place is free. If the signal aborts while it waits, it rejects with the signal's reason. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#running < this.#most) this.#running += 1;
    else await this.#queued(signal);
    try {
      return await work();
    } finally {
      // The place is passed on directly, so that a later call cannot take it.
      const next = this.#queue.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  #queued(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(enter), 1);
        reject(signal?.reason);
      };
      const enter = () => {
        removeAbortListener(signal, leave);
        resolve();
      };
      addAbortListener(signal, leave);
      this.#queue.push(enter);
    });
  }
}
