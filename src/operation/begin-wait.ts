import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import type { ConcurrencyLimit } from './concurrency-limit.ts';
import type { Operation } from './operation.ts';
import { loopOf } from './poll-loop.ts';
import { sourceOf } from './source-of.ts';
import { Wait, type WaitObserver } from './wait.ts';
import type { WaitOptions } from './wait-options.ts';

/** Begins a wait, whose options were checked, and tells its news to `observer`. */
export function beginWait<Result>(
  operation: Operation<Result>,
  options: WaitOptions<Result>,
  until: 'ready' | 'ended',
  observer: WaitObserver<Result>,
  limit?: ConcurrencyLimit,
): Wait<Result> {
  const source = sourceOf(operation);
  const { isReady, clock: ownClock = systemClock } = source.definition;
  if (until === 'ready' && isReady === undefined) {
    throw new ConfigurationError('until', `${operation.kind} knows no 'ready'; leave it out.`);
  }
  const loop = loopOf(source, options.clock ?? ownClock, limit);
  const wait = new Wait(operation, source, options, until, loop, observer);
  if (options.signal?.aborted) wait.handleEvent();
  else if (source.ended) wait.seeStatus(source.ended, 0, loop.clock.now());
  else loop.join(wait);
  loop.removeDone();
  return wait;
}
