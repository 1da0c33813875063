/** One look that is under way. Its signal is made when somebody asks for it, since most looks never do. */
export class Flight {
  readonly startedAt: number;
  #control: AbortController | undefined;
  #isAborted = false;

  constructor(startedAt: number) {
    this.startedAt = startedAt;
  }

  get signal(): AbortSignal {
    this.#control ??= new AbortController();
    if (this.#isAborted) this.#control.abort();
    return this.#control.signal;
  }

  abort(): void {
    this.#isAborted = true;
    this.#control?.abort();
  }
}
