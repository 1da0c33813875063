import { ConfigurationError } from '../errors/configuration-error.ts';
import { optionalWhole } from '../errors/require.ts';
import { beginWait } from './begin-wait.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import type { Operation } from './operation.ts';
import { checkWaitOptions, type WaitOptions } from './wait-options.ts';
import type { WaitResult } from './wait-result.ts';

export interface WaitForAllOptions<Result = unknown> extends WaitOptions<Result> {
  /** The most polls in flight at once, over all operations. @default 64 */
  readonly concurrency?: number | undefined;
}

/**
 * Waits for many operations at once. Resolves with one result per operation, in their order, in the form of
 * `Promise.allSettled`. So the failure of one does not hide the others.
 * @throws {ConfigurationError} a wrong option, before any request
 */
export async function waitForAll<Result>(
  operations: Iterable<Operation<Result>>,
  options: WaitForAllOptions<Result> = {},
): Promise<PromiseSettledResult<WaitResult<Result>>[]> {
  const { concurrency = 64, ...waitOptions } = options;
  optionalWhole('concurrency', concurrency, 1);
  checkWaitOptions(waitOptions);
  if (typeof operations?.[Symbol.iterator] !== 'function') {
    throw new ConfigurationError('operations', 'must be an array or another iterable of operations.');
  }
  const limit = new ConcurrencyLimit(concurrency);
  const waits = Array.from(
    operations,
    (operation) =>
      new Promise<WaitResult<Result>>((resolve, reject) => {
        beginWait(
          operation,
          waitOptions,
          { resolve: resolve as Parameters<typeof beginWait>[2]['resolve'], reject },
          limit,
        );
      }),
  );
  return Promise.allSettled(waits);
}
