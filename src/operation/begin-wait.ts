import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import type { ConcurrencyLimit } from './concurrency-limit.ts';
import type { Operation } from './operation.ts';
import { loopOf } from './poll-loop.ts';
import { sourceOf } from './source-of.ts';
import { Wait, type WaitObserver } from './wait.ts';
import { type BeginOptions, checkWaitOptions } from './wait-options.ts';

/**
 * Begins a wait and reports its progress to `observer`.
 * @throws {ConfigurationError} a wrong option, or no operation
 */
export function beginWait<Result>(
  operation: Operation<Result>,
  options: BeginOptions<Result>,
  observer: WaitObserver<Result>,
  limit?: ConcurrencyLimit,
): Wait<Result> {
  checkWaitOptions(options, 'until');
  const source = sourceOf(operation);
  const { until } = options;
  const { isReady, clock: ownClock = systemClock } = source.definition;
  if (until !== undefined && (until !== 'ready' || isReady === undefined)) {
    const advice = isReady ? "must be 'ready' or left out." : `must be left out; ${operation.kind} is never 'ready'.`;
    throw new ConfigurationError('until', advice);
  }
  const loop = loopOf(source, options.clock ?? ownClock, limit);
  const wait = new Wait(operation, source, options, loop, observer);
  if (options.signal?.aborted) wait.handleEvent();
  else if (source.ended) wait.seeStatus(source.ended, 0, loop.clock.now());
  else loop.join(wait);
  loop.removeDone();
  return wait;
}
