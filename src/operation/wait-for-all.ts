import { optionalWhole } from '../errors/require.ts';
import { Lane } from './lane.ts';
import type { Operation } from './operation.ts';
import { beginWait } from './wait.ts';
import { checkWaitOptions, type WaitOptions } from './wait-options.ts';
import type { WaitResult } from './wait-result.ts';

export interface WaitForAllOptions<Result = unknown> extends WaitOptions<Result> {
  /** How many polls may be in flight at once, over all operations. @default 64 */
  readonly concurrency?: number;
}

/**
 * Waits for many operations at once. Answers in their order, in the shape of `Promise.allSettled`: one that fails or
 * stays unknown never hides another.
 * @throws {ConfigurationError} a wrong option, before any request
 */
export async function waitForAll<Result>(
  operations: Iterable<Operation<Result>>,
  options: WaitForAllOptions<Result> = {},
): Promise<PromiseSettledResult<WaitResult<Result>>[]> {
  const { concurrency = 64, ...waitOptions } = options;
  optionalWhole('concurrency', concurrency, 1);
  checkWaitOptions(waitOptions);
  const gate = new Lane({ maxInFlight: concurrency });
  const waits = Array.from(
    operations,
    (operation) =>
      new Promise<WaitResult<Result>>((resolve, reject) => {
        beginWait(
          operation,
          waitOptions,
          'ended',
          { resolve: resolve as Parameters<typeof beginWait>[3]['resolve'], reject },
          gate,
        );
      }),
  );
  return Promise.allSettled(waits);
}
