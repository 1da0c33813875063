/** One description for all: a getter that each poll made for itself would cost more than the rest of the poll. */
const LAZY_SIGNAL: PropertyDescriptor & ThisType<PollAttempt<unknown>> = {
  enumerable: true,
  get() {
    return this.makeSignal();
  },
};

/**
 * One poll that is under way, and what it is given. Its signal is made when somebody asks for it, since most polls never
 * do; it is a property of its own, so that a copy by spread has it too.
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

  /** Itself for the next poll, where nobody has asked for its signal: to make another costs a tenth of a poll. */
  again(startedAt: number): this | undefined {
    if (this.#control || this.#isAborted) return undefined;
    this.#startedAt = startedAt;
    return this;
  }

  /** The clock was set back by so much. */
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
