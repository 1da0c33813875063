import { beginWait } from './begin-wait.ts';
import type { Operation } from './operation.ts';
import type { WaitOptions } from './wait-options.ts';
import type { ReadyResult, WaitResult } from './wait-result.ts';

/**
 * Waits until the operation has ended, through outages of the system that is being restored.
 *
 * Resolves when the vendor said that it succeeded.
 * @throws {OperationFailedError} the vendor said failed or canceled
 * @throws {PartialRestoreError} it ended, and not all of it was restored (see `accept`)
 * @throws {OutcomeUnknownError} everything else, as `WaitTimeoutError`, `OutageError`, `AccessLostError` or
 * `WaitAbortedError`: the end is not known, and the error carries the handle to go on with
 * @throws {HandleError} the handle is of something else than what this client can follow
 * @throws {ConfigurationError} a wrong option, or no operation
 *
 * @example
 * const operation = await client.restore(...); // await it: a Promise is no operation
 * const done = await waitForCompletion(operation, { timeoutMs: 4 * 3_600_000 });
 * console.log(done.result.aftermath);
 */
export function waitForCompletion<Result>(
  operation: Operation<Result>,
  options: WaitOptions<Result> & { readonly until: 'ready' },
): Promise<ReadyResult>;
export function waitForCompletion<Result>(
  operation: Operation<Result>,
  options?: WaitOptions<Result>,
): Promise<WaitResult<Result>>;
export function waitForCompletion<Result>(
  operation: Operation<Result>,
  options: WaitOptions<Result> & { readonly until?: 'ready' | undefined } = {},
): Promise<WaitResult<Result> | ReadyResult> {
  return new Promise((resolve, reject) => {
    beginWait(operation, options, { resolve, reject });
  });
}
