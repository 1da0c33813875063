import type { Clock } from '../clock/clock.ts';
import type { StoreError } from '../errors/store-error.ts';
import { memoryOf } from './process-memory.ts';
import type { RestoreStore } from './restore-store.ts';
import { StartAttempt } from './start-attempt.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import type { InputContext, StartInput } from './start-input.ts';
import type { StartTargetInput } from './start-target.ts';

/** What `start` is given beside the input. */
export interface StartContext extends InputContext {
  /**
   * Pass it on to the start call: an abort before the request has left is then known to have started nothing. Absent
   * where `startOnce` was given none.
   */
  readonly signal?: AbortSignal;
}

export interface StartOnceOptions<Op extends AnyOperation, Input = undefined> {
  /** Names this one restore for ever: a change number, the id of a run. The same key always means the same restore. */
  readonly key: string;
  readonly store: RestoreStore;
  readonly client: StartOnceClient<Op>;
  /** What is overwritten; a text is the `instance`. */
  readonly target: StartTargetInput | string;
  /**
   * What is restored: JSON without secrets, up to 16,000 characters.
   * - As a value its fingerprint is recorded. Another value under the same key is a `KeyMismatchError`.
   * - As a function it runs once, before the request leaves. What it answers is recorded, and a rerun uses the recorded
   *   value: "the latest backup" of the first run, although a newer one exists now.
   *
   * @example
   * await startOnce({
   *   key: 'CHANGE-4711', store, client: cf, target: into,
   *   input: async () => ({ into, from: { backupId: (await cf.backups.latest(into)).id } }),
   *   start: (input, { signal }) => cf.serviceInstances.restore(input, { signal }),
   * });
   */
  readonly input?: StartInput<Input> | undefined;
  /**
   * Makes the one start call and nothing else: an error of anything else that it did after the call would leave the start
   * in doubt.
   */
  readonly start: (input: Input, context: StartContext) => Promise<Op>;
  /** Your own remark; recorded, and given to `start`. No secret. */
  readonly note?: string | undefined;
  /** Starts although the target has an unfinished restore. @default `client.overwritesNothing`, else false */
  readonly allowConcurrent?: boolean | undefined;
  /**
   * How long a second process waits for the handle while a first one may be making the start, in milliseconds from the
   * recorded intent. @default 10 s
   */
  readonly starterPatienceMs?: number | undefined;
  /** How long one call of the store may take, in milliseconds. It also bounds what is written after the start. @default 10 s */
  readonly storeTimeoutMs?: number | undefined;
  /** Ends the preparation, the waiting and the reconciling; given to `start` by its context. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Told when the store fails at a moment when there is something more important to tell: a handle, an end, a refusal.
   * The error holds the `handle`, where there is one: keep it.
   */
  readonly onStoreError?: ((error: StoreError) => void) | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
}

/**
 * Starts a restore at most once under its key, whatever crashes: the intent is recorded durably before the request
 * leaves, and the handle after it returns.
 *
 * Called again with the same key, here or in another process, it answers the operation that was started, running or
 * finished, or finds it by asking the vendor, or throws; **it never starts again after a request may have left.** Only a
 * start that was refused by an answer, or provably never sent, frees the key; `settleStart` frees it by a person's word.
 * Of two processes that race on one key, one starts.
 *
 * The target is claimed too, until a terminal poll through the operation that this returns (or `followStart`, or
 * `settleStart`) closes the record.
 * @throws {RestoreInProgressError} the target has an unfinished restore under another key; nothing was sent
 * @throws {KeyMismatchError} the key stands for another target or another input; nothing was sent
 * @throws {StartOutcomeUnknownError} the start may have been sent, now or by an earlier process, and its answer is lost
 * @throws {StoreError} the store is missing, damaged or failed before the request; this call sent nothing
 * @throws {ConfigurationError} an option is wrong; nothing was sent
 * @throws whatever `start` threw, where that says that nothing was started, and what `input` threw
 */
export async function startOnce<Op extends AnyOperation, Input = undefined>(
  options: StartOnceOptions<Op, Input>,
): Promise<Op> {
  const attempt = new StartAttempt(options);
  const { underWay } = memoryOf(options.store);
  const { key } = options;
  for (let other = underWay.get(key); other; other = underWay.get(key)) await other.catch(() => undefined);
  const work = attempt.run();
  underWay.set(key, work);
  try {
    return await work;
  } finally {
    underWay.delete(key);
  }
}
