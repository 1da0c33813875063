import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';

/**
 * At most so many calls at once; the others wait their turn, first come first served. For the requests of operations that
 * are made by `defineOperation`; a client has one of its own.
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

  /** Runs `work` as soon as there is a free place; rejects with the signal's reason while still queued. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#running < this.#most) this.#running += 1;
    else await this.#queued(signal);
    try {
      return await work();
    } finally {
      // The place is handed over, so that nobody who comes later can slip in between.
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
