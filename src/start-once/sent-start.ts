import type { Clock } from '../clock/clock.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import { StoreError } from '../errors/store-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { AbortableStart } from './abortable-start.ts';
import { afterStart, followStarted, tell } from './followed-start.ts';
import { judgeStartError, reasonOf } from './judge-start-error.ts';
import { memoryOf } from './process-memory.ts';
import { settleAdvice } from './settle-advice.ts';
import type { AnyOperation } from './start-client.ts';
import type { StartOnceOptions } from './start-options.ts';
import { adviceWith, type ReconcilerContext, StartReconciler } from './start-reconciler.ts';
import type { StartRecord } from './start-record.ts';
import type { HandleWritten } from './start-records.ts';

/** Pauses before each attempt to write the handle of a running restore, which must not be lost. */
const PAUSES_MS = [0, 100, 500, 2_000];

/** Makes the start call of an attempt whose intent is recorded, and records its result. */
export class SentStart<Op extends AnyOperation, Input> {
  readonly #record: StartRecord;
  readonly #context: ReconcilerContext<Op>;
  readonly #options: StartOnceOptions<Op, Input>;
  readonly #input: Input;
  readonly #clock: Clock;

  constructor(
    record: StartRecord,
    context: ReconcilerContext<Op> & { readonly options: StartOnceOptions<Op, Input>; readonly input: Input },
  ) {
    this.#record = record;
    this.#context = context;
    this.#options = context.options;
    this.#input = context.input;
    this.#clock = context.clock;
  }

  async send(): Promise<Op> {
    const { key, note, start } = this.#options;
    const abortable = new AbortableStart(this.#options.signal);
    let operation: Op;
    let handle: OperationHandle;
    try {
      const { signal } = abortable;
      operation = await start(this.#input, {
        key,
        ...omitUndefined({ note, signal }),
      });
      handle = handleOfStarted(operation);
    } catch (error) {
      throw await this.#failed(error, abortable);
    } finally {
      abortable.end();
    }
    const written = await this.#writeHandle(handle);
    if (written?.outcome === 'owned') throw await this.#answeredWithAnother(handle, written.by);
    return followStarted(operation, this.#record, this.#context);
  }

  /** Records what the error of a start says, and returns the error to throw. */
  async #failed(thrown: unknown, abortable: AbortableStart): Promise<unknown> {
    const verdict = judgeStartError(thrown);
    const error = abortable.asTheCallerKnowsIt(thrown);
    if (verdict === 'not-started') {
      await this.#release(abortable.isReason(thrown) ? 'aborted' : reasonOf(error));
      return error;
    }
    const handle = handleOf(error);
    if (handle) {
      await this.#writeHandle(handle);
      return error;
    }
    const reason = verdict === 'accepted' ? verdict : reasonOf(error);
    await this.#quietly('The result of the start was not recorded.', () =>
      this.#context.records.forOneTask().markUnknown(this.#record, reason),
    );
    if (verdict === 'accepted') return error;
    if (StartOutcomeUnknownError.isInstance(error)) {
      memoryOf(this.#context.store).lost.set(this.#record.attempt, error.reconcile);
      const settle = settleAdvice(this.#record.key);
      return new StartOutcomeUnknownError<Op>(`${error.message} ${settle}`, {
        reconcile: this.#reconciler(reason).reconcile,
        advice: adviceWith(error.advice, settle),
        cause: abortable.asTheCallerKnowsIt(error.cause),
      });
    }
    const what = error instanceof Error ? `${error.name}: ${error.message}` : 'what is no error';
    return this.#reconciler(reason).error({ cause: error, evidence: [`The start call threw ${what}.`] });
  }

  /** Records that nothing was started. If the store fails, the process remembers it. */
  async #release(reason: string): Promise<void> {
    const { notStarted } = memoryOf(this.#context.store);
    notStarted.add(this.#record.attempt);
    try {
      await this.#context.records.forOneTask().release(this.#record, reason);
      notStarted.delete(this.#record.attempt);
    } catch (error) {
      const isOurs = StoreError.isInstance(error);
      const what = `Nothing was started under '${this.#record.key}', but that was not recorded.`;
      tell(
        this.#context.onStoreError,
        new StoreError(`${what} ${isOurs ? error.message : ''}`, {
          reason: isOurs ? error.reason : 'failed',
          cause: error,
        }),
      );
    }
  }

  /** The vendor answered with a restore that belongs to another key. The new restore may or may not be running. */
  async #answeredWithAnother(handle: OperationHandle, owner: string): Promise<unknown> {
    const reason = 'answered-with-another';
    await this.#quietly('The result of the start was not recorded.', () =>
      this.#context.records.forOneTask().markUnknown(this.#record, reason),
    );
    return this.#reconciler(reason).error({
      evidence: [`The start was answered with ${handle.kind} ${handle.id}, which belongs to '${owner}'.`],
    });
  }

  #reconciler(reason: string): StartReconciler<Op> {
    return new StartReconciler<Op>({ ...this.#record, state: 'unknown', reason }, this.#context);
  }

  /** Writes the handle of a running restore. Failures go to `onStoreError`. */
  async #writeHandle(handle: OperationHandle): Promise<HandleWritten | undefined> {
    const what = `The restore '${this.#record.key}' was started, but its handle was not recorded. Keep the handle: client.resume(handle) follows the restore.`;
    const task = this.#context.records.forOneTask();
    let failure: unknown;
    for (const pauseMs of PAUSES_MS) {
      if (pauseMs >= task.store.remainingMs) break;
      if (pauseMs > 0) await this.#clock.sleep(pauseMs);
      try {
        const written = await task.answered(this.#record, handle);
        if (written.outcome !== 'refused') return written;
        failure = new StoreError('Meanwhile the record of the key was changed by another call.', {
          reason: 'overtaken',
        });
        break;
      } catch (error) {
        failure = error;
      }
    }
    tell(this.#context.onStoreError, afterStart(failure, what, handle));
    return undefined;
  }

  /** A failure here must not hide the result that the caller needs. */
  async #quietly(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const isOurs = StoreError.isInstance(error);
      tell(
        this.#context.onStoreError,
        new StoreError(`${what} ${isOurs ? error.message : ''}`, {
          reason: isOurs ? error.reason : 'failed',
          started: 'unknown',
          cause: error,
        }),
      );
    }
  }
}

/** The handle in the error of a start, if it has one. */
function handleOf(error: unknown): OperationHandle | undefined {
  const comesAfter = [OutcomeUnknownError, OperationFailedError, PartialRestoreError].some((kind) =>
    kind.isInstance(error),
  );
  return comesAfter ? (error as { readonly handle?: OperationHandle }).handle : undefined;
}

/** @throws {TypeError} `start` returned something else. The call may have started a restore, so this is an unknown start. */
function handleOfStarted(operation: AnyOperation): OperationHandle {
  if (typeof operation?.toJSON === 'function') return operation.toJSON();
  throw new TypeError('`start` did not return the operation that the start call returns');
}
