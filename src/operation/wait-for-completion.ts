import type { Operation } from './operation.ts';
import { beginWait } from './wait.ts';
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
 * @throws {ConfigurationError} a wrong option
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
  options: WaitOptions<Result> & { readonly until?: 'ready' } = {},
): Promise<WaitResult<Result> | ReadyResult> {
  return new Promise((resolve, reject) => {
    beginWait(operation, options, options.until ?? 'ended', { resolve, reject });
  });
}
