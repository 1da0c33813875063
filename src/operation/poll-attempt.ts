/** One property descriptor for all attempts. A new getter for each poll would cost more than the rest of the poll. */
const LAZY_SIGNAL: PropertyDescriptor & ThisType<PollAttempt<unknown>> = {
  enumerable: true,
  get() {
    return this.makeSignal();
  },
};

/**
 * One pending poll, which is also the options object of `poll`. Its signal is made when it is first read, because most
 * polls never read it. It is an own property, so that a copy by spread has it too.
 */
export class PollAttempt<Draft> {
  declare readonly signal: AbortSignal;
  #startedAt: number;
  #control: AbortController | undefined;
  #isAborted = false;

  constructor(
    startedAt: number,
    readonly onAnswer: (draft: Draft) => void,
    readonly onFailure: (error: unknown) => void,
  ) {
    this.#startedAt = startedAt;
    Object.defineProperty(this, 'signal', LAZY_SIGNAL);
  }

  get startedAt(): number {
    return this.#startedAt;
  }

  /** Returns itself for the next poll if its signal was not read. A new object would cost a tenth of a poll. */
  again(startedAt: number): this | undefined {
    if (this.#control || this.#isAborted) return undefined;
    this.#startedAt = startedAt;
    return this;
  }

  /** The clock was set back by `ms` milliseconds. */
  setBack(ms: number): void {
    this.#startedAt -= ms;
  }

  makeSignal(): AbortSignal {
    this.#control ??= new AbortController();
    if (this.#isAborted) this.#control.abort();
    return this.#control.signal;
  }

  abort(): void {
    this.#isAborted = true;
    this.#control?.abort();
  }
}
