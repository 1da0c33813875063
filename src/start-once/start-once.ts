import { memoryOf } from './process-memory.ts';
import { StartAttempt } from './start-attempt.ts';
import type { AnyOperation } from './start-client.ts';
import type { StartOnceOptions } from './start-options.ts';

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
