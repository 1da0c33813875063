import { beginWait } from './begin-wait.ts';
import type { Operation } from './operation.ts';
import type { WaitOptions } from './wait-options.ts';
import type { ReadyResult, WaitResult } from './wait-result.ts';

/**
 * Waits until the operation has ended. Outages of the system that is being restored do not end the wait.
 *
 * Resolves when the vendor reports that the operation succeeded.
 * @throws {OperationFailedError} the vendor reports that it failed or was canceled
 * @throws {PartialRestoreError} it ended, but not everything was restored (see `accept`)
 * @throws {OutcomeUnknownError} the end is not known: `WaitTimeoutError`, `OutageError`, `AccessLostError` or
 *   `WaitAbortedError`; the error carries the handle for a later resume
 * @throws {HandleError} the handle belongs to something that this client cannot follow
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
