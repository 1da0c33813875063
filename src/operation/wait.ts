import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { definitionOf, internalsOf } from './internals.ts';
import type { Lane } from './lane.ts';
import type { Operation } from './operation.ts';
import { sharedLoop } from './poll-loop.ts';
import { checkWaitOptions, type WaitOptions } from './wait-options.ts';
import { Waiter, type WaitObserver } from './waiter.ts';

/** Begins a wait and tells its news to `sink`. */
export function beginWait<Result>(
  operation: Operation<Result>,
  options: WaitOptions<Result>,
  until: 'ready' | 'ended',
  sink: WaitObserver<Result>,
  gate?: Lane,
): Waiter<Result> {
  checkWaitOptions(options);
  const { isReady, clock: ownClock = systemClock } = definitionOf(operation);
  if (until === 'ready' && isReady === undefined) {
    throw new ConfigurationError('until', `${operation.kind} knows no 'ready'; leave it out.`);
  }
  const clock = options.clock ?? ownClock;
  const loop = sharedLoop(operation, clock, gate);
  const ended = internalsOf(operation)?.ended;
  const waiter = new Waiter(operation, options, until, loop, sink);
  if (options.signal?.aborted) waiter.handleEvent();
  else if (ended) {
    waiter.see(ended, loop.polls);
    loop.sweep();
  } else loop.join(waiter);
  return waiter;
}
