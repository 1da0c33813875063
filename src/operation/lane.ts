import type { PollLoop } from './poll-loop.ts';

/**
 * What the operations of one client share: a cap on requests in flight, first come first served, and one poll loop for
 * each operation however many wait for it.
 */
export class Lane {
  /** @internal */
  readonly loops = new Map<string, PollLoop<unknown>>();
  readonly #most: number;
  #inFlight = 0;
  readonly #queue: (() => void)[] = [];

  constructor(options: { readonly maxInFlight: number }) {
    this.#most = options.maxInFlight;
  }

  /** Runs `work` when there is a free place; rejects with the signal's reason while still queued. */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#inFlight >= this.#most) await this.#turn(signal);
    this.#inFlight += 1;
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
      this.#queue.shift()?.();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(enter), 1);
        reject(signal?.reason);
      };
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.push(enter);
    });
  }
}
