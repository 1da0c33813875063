import { startDeadline } from '../clock/deadline.ts';
import { systemClock } from '../clock/system-clock.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import type { Cadence } from './cadence.ts';
import { callHandler } from './call-handler.ts';
import { factsOf } from './error-label.ts';
import type { Operation } from './operation.ts';
import type { OperationDefinition, OperationEnd } from './operation-definition.ts';
import { defaultPollVerdict, type PollVerdict } from './poll-verdict.ts';
import type { TerminalStatus } from './status.ts';
import type { UsualDuration } from './usual-duration.ts';

/**
 * How long an end waits for `onEnded`, which may write to a store. A wait must report the end even if the store hangs.
 */
const LONGEST_ON_ENDED_MS = 10_000;

type EndHandler<Result> = (end: OperationEnd<Result>) => unknown;

/** What a wait needs of an operation beyond its public members. */
export class OperationSource<Result> {
  definition: OperationDefinition<Result>;
  /** The end, once it was seen. A further wait needs no request. */
  ended: TerminalStatus<Result> | undefined;
  /** How long restores of this kind and target usually take, if that is known. */
  usual: UsualDuration | undefined;
  /** The cadence of the definition, before that of `useDurations` took its place. */
  plainCadence: Cadence | undefined;
  /** When a poll of this object last found the operation running; undefined before. By the definition's clock. */
  runningAt: number | undefined;
  /** The `PollLoop` of the current waits, if there is no `SharedPolling`. */
  loop: object | undefined;
  /**
   * When the vendor last answered about the operation; before that, when this object was made. By the definition's
   * clock.
   */
  knownAt: number;
  /** The handlers that have not been called with the end yet. */
  #onEnded: readonly EndHandler<Result>[] = NONE;
  /** Settles when the handlers have been called. */
  #closing: Promise<void> | undefined;

  constructor(definition: OperationDefinition<Result>) {
    this.definition = definition;
    this.plainCadence = definition.cadence;
    this.knownAt = (definition.clock ?? systemClock).now();
    const { onEnded } = definition;
    // It is called once, even if it throws.
    if (onEnded)
      this.addOnEnded((end) =>
        ignoreFailure(
          () => onEnded(end),
          (error) => this.#report(error),
        ),
      );
  }

  verdict(error: unknown): PollVerdict {
    if (factsOf(error)?.code === 'rate-limit') return 'limited';
    try {
      return (this.definition.outage ?? defaultPollVerdict)(error);
    } catch {
      return 'outage';
    }
  }

  /** A handler that throws is called again when the end is seen again. */
  addOnEnded(handler: EndHandler<Result>): void {
    this.#onEnded = [...this.#onEnded, handler];
  }

  /**
   * Calls the handlers with the first end. Returns a promise if they have not finished; it resolves after
   * `LONGEST_ON_ENDED_MS` at the latest and never rejects.
   */
  close(end: OperationEnd<Result>): Promise<void> | undefined {
    if (end.status) this.ended ??= end.status;
    if (this.#onEnded.length === 0) return this.#closing;
    const handlers = this.#onEnded;
    this.#onEnded = NONE;
    this.#closing = this.#tell(handlers, end).finally(() => {
      this.#closing = undefined;
    });
    return this.#closing;
  }

  #tell(handlers: readonly EndHandler<Result>[], end: OperationEnd<Result>): Promise<void> {
    const { clock = systemClock } = this.definition;
    const calls = handlers.map((handler) =>
      ignoreFailure(
        () => handler(end),
        (error) => {
          this.addOnEnded(handler);
          this.#report(error);
        },
      ),
    );
    return new Promise((resolve) => {
      const deadline = startDeadline(clock, clock.now() + LONGEST_ON_ENDED_MS, () => {
        this.#report(
          new Error(`onEnded took longer than ${LONGEST_ON_ENDED_MS} ms; the end is reported without waiting for it.`),
        );
        resolve();
      });
      void Promise.all(calls).then(() => {
        deadline.stop();
        resolve();
      });
    });
  }

  #report(error: unknown): void {
    const { clock = systemClock, onEvent } = this.definition;
    callHandler(onEvent, { type: 'handler-error', at: clock.now(), error });
  }
}

async function ignoreFailure(work: () => unknown, report: (error: unknown) => void): Promise<void> {
  try {
    await work();
  } catch (error) {
    report(error);
  }
}

const NONE: readonly never[] = [];

/** Whether the error of a poll says that the operation has ended without a verdict. */
export function hasEndedWithoutVerdict(error: unknown): error is OutcomeUnknownError {
  return OutcomeUnknownError.isInstance(error) && error.reason === 'ended-without-verdict';
}

/** A registered symbol, so that an operation made by the CommonJS copy can be waited for by the ESM copy. */
export const SOURCE: unique symbol = Symbol.for('restorekit.operation');

/** The source of an operation that `defineOperation` made. */
export function ownSource<Result>(operation: Operation<Result>): OperationSource<Result> | undefined {
  return (operation as { readonly [SOURCE]?: OperationSource<Result> })[SOURCE];
}
