import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';

/** The abort reason of the signal of one start. */
class StartAborted extends RestoreKitError {
  static override readonly brand: string = 'StartAborted';
  readonly code = 'start-aborted';
}

/**
 * The signal of one start call. It aborts when the caller's signal aborts, but with its own reason. A client marks
 * errors that it throws before the request is sent. The caller's reason may also be thrown by other calls, so it must
 * not be marked.
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

  /** undefined if the caller passed no signal. */
  get signal(): AbortSignal | undefined {
    return this.#outer && this.#control.signal;
  }

  end(): void {
    removeAbortListener(this.#outer, this.#abort);
  }

  isReason(error: unknown): boolean {
    return error instanceof StartAborted && error === this.#control.signal.reason;
  }

  /** Replaces the reason of this signal by the caller's own reason. */
  asTheCallerKnowsIt(error: unknown): unknown {
    return this.isReason(error) ? this.#outer?.reason : error;
  }
}
