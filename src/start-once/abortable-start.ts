import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';

/** The reason with which the signal of one start aborts. */
class StartAborted extends RestoreKitError {
  static override readonly brand: string = 'StartAborted';
  readonly code = 'start-aborted';
}

/**
 * The signal of one start call. It aborts with the caller's signal and with a reason of its own: a client marks what it
 * throws before the request has left, and the caller's reason may be thrown by other calls too, so it cannot be marked.
 */
export class AbortableStart {
  readonly #outer: AbortSignal | undefined;
  readonly #control = new AbortController();
  readonly #abort = () => {
    this.#control.abort(new StartAborted('The call was aborted.', {}, { cause: this.#outer?.reason }));
  };

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
    addAbortListener(outer, this.#abort);
  }

  /** undefined where the caller has given none. */
  get signal(): AbortSignal | undefined {
    return this.#outer && this.#control.signal;
  }

  end(): void {
    removeAbortListener(this.#outer, this.#abort);
  }

  isReason(error: unknown): boolean {
    return error instanceof StartAborted && error === this.#control.signal.reason;
  }

  /** The caller's own reason instead of ours. */
  asTheCallerKnowsIt(error: unknown): unknown {
    return this.isReason(error) ? this.#outer?.reason : error;
  }
}
