import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { internalsOf } from './internals.ts';
import type { Lane } from './lane.ts';
import type { Operation } from './operation.ts';
import { PollLoop } from './poll-loop.ts';
import { checkWaitOptions, type WaitOptions } from './wait-options.ts';
import { type Sink, Waiter } from './waiter.ts';

/** Begins a wait and tells its news to `sink`. Answers the function that aborts it. */
export function beginWait<Result>(
  operation: Operation<Result>,
  options: WaitOptions<Result>,
  until: 'ready' | 'ended',
  sink: Sink<Result>,
  gate?: Lane,
): (reason: unknown) => void {
  checkWaitOptions(options);
  const internals = internalsOf(operation);
  if (until === 'ready' && internals.isReady === undefined) {
    throw new ConfigurationError('until', `${operation.kind} knows no 'ready'; leave it out.`);
  }
  const clock = options.clock ?? internals.clock ?? systemClock;
  const { signal } = options;
  let loop: PollLoop<Result> | undefined;
  const abort = (reason: unknown) => {
    waiter.abort(reason);
    loop?.sweep();
  };
  const onAbort = () => abort(signal?.reason);
  const settleWith =
    <T>(settle: (value: T) => void) =>
    (value: T) => {
      signal?.removeEventListener('abort', onAbort);
      settle(value);
    };
  const waiter = new Waiter(operation, options, until, clock, {
    ...sink,
    resolve: settleWith(sink.resolve),
    reject: settleWith(sink.reject),
  });
  if (signal?.aborted) {
    onAbort();
    return abort;
  }
  signal?.addEventListener('abort', onAbort, { once: true });
  loop = loopOf(operation, clock, gate);
  if (internals.ended) waiter.see(internals.ended, loop.looks);
  else loop.join(waiter);
  return abort;
}

/** The loop that this operation's waits share: by client, kind, id and clock. */
function loopOf<Result>(operation: Operation<Result>, clock: Clock, gate: Lane | undefined): PollLoop<Result> {
  const internals = internalsOf(operation);
  const loops = internals.lane?.loops;
  const key = `${operation.kind} ${operation.id}`;
  const existing = (loops ? loops.get(key) : internals.loop) as PollLoop<Result> | undefined;
  if (existing?.clock === clock) return existing;
  const loop: PollLoop<Result> = new PollLoop(operation, clock, gate, () => {
    if (loops?.get(key) === loop) loops.delete(key);
    if (internals.loop === loop) internals.loop = undefined;
  });
  if (!existing && loops) loops.set(key, loop);
  if (!existing && !loops) internals.loop = loop;
  return loop;
}
