import { memoryOf } from './process-memory.ts';
import { StartAttempt } from './start-attempt.ts';
import type { AnyOperation } from './start-client.ts';
import type { StartOnceOptions } from './start-options.ts';

/**
 * Starts a restore at most once per key, even if processes crash. The intent is recorded durably before the request is
 * sent, and the handle when the answer arrives.
 *
 * A second call with the same key, in this or another process, returns the operation that was started, running or
 * finished. If the answer was lost, it asks the vendor, and throws if the vendor cannot tell. **It never starts again
 * once a request may have been sent.** The key is freed only if an answer refused the start or it was certainly not
 * sent, or by a person with `settleStart`. If two processes use a key at the same time, only one starts.
 *
 * The target is claimed too. It is freed when the record is closed: by a poll of the returned operation that finds the
 * end, by `followStart` in the same way, or by `settleStart`.
 * @throws {RestoreInProgressError} the target has an unfinished restore under another key; nothing was sent
 * @throws {KeyMismatchError} the key belongs to another target or another input; nothing was sent
 * @throws {StartOutcomeUnknownError} the start may have been sent, now or by an earlier process, and its answer is
 *   lost
 * @throws {StoreError} the store is missing, damaged or failed before the request; this call sent nothing
 * @throws {ConfigurationError} an option is wrong; nothing was sent
 * @throws the error of `start` if it says that nothing was started, and the error of `input`
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
