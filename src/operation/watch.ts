import { systemClock } from '../clock/system-clock.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { estimateRemaining, type RemainingTime } from './estimate-remaining.ts';
import { definitionOf } from './internals.ts';
import type { Operation } from './operation.ts';
import type { OperationStatus } from './status.ts';
import { beginWait } from './wait.ts';
import type { WaitOptions } from './wait-options.ts';

/** The operation cannot be seen. Says nothing about how it goes; the next status tells that it can be seen again. */
export interface UnreachableUpdate {
  readonly state: 'unreachable';
  readonly since: Date;
  readonly error: unknown;
}

/** Told with every update. */
export interface Timing {
  /** Since the operation was started, in milliseconds. */
  readonly elapsedMs: number;
  /** Only where the vendor tells a percentage that moves. */
  readonly remaining?: RemainingTime;
}

export type WatchUpdate<Result> = (OperationStatus<Result> | UnreachableUpdate) & Timing;

/** A consumer this far behind sees only the latest turns of a view that comes and goes. */
const MOST_WAITING = 32;

/**
 * Yields every change of an operation once, and ends with the terminal one. A slow consumer gets merged percent and
 * step changes, never merged states. Leaving the loop stops the requests.
 *
 * A failed operation is an update, not an exception.
 * @throws {OutcomeUnknownError} where the end stays unknown, as `waitForCompletion`
 */
export function watch<Result>(
  operation: Operation<Result>,
  options: WatchOptions<Result> = {},
): AsyncGenerator<WatchUpdate<Result>, void, undefined> {
  const consumer = { leave: () => {} };
  const updates = updatesOf(operation, options, consumer);
  const finish = updates.return.bind(updates);
  // A generator would hear of it only after the next change; streams leave while they wait for one.
  updates.return = (value) => {
    consumer.leave();
    return finish(value);
  };
  return updates;
}

type WatchOptions<Result> = Omit<WaitOptions<Result>, 'accept'>;

async function* updatesOf<Result>(
  operation: Operation<Result>,
  options: WatchOptions<Result>,
  consumer: { leave: () => void },
): AsyncGenerator<WatchUpdate<Result>, void, undefined> {
  const clock = options.clock ?? definitionOf(operation).clock ?? systemClock;
  const startedAt = operation.startedAt.getTime();
  const waiting: WatchUpdate<Result>[] = [];
  let wake: (() => void) | undefined;
  let last = '';
  let isOver = false;
  let error: Error | undefined;
  const ring = () => {
    wake?.();
    wake = undefined;
  };
  const push = (update: WatchUpdate<Result>, fingerprint: string) => {
    if (fingerprint === last) return;
    last = fingerprint;
    if (update.state === 'running' && waiting.at(-1)?.state === 'running') waiting.pop();
    if (waiting.length >= MOST_WAITING) waiting.splice(0, 2);
    waiting.push(update);
    ring();
  };
  const waiter = beginWait(operation, options, 'ended', {
    status: (status, polls) => {
      // Not the result or the failure's details: they may be beyond JSON, and an end is told once anyway.
      const { state, percent, steps, message, warnings } = status;
      const history = polls.history(startedAt, clock.now(), 0.5);
      const remaining = status.state === 'running' ? estimateRemaining(history) : undefined;
      const timing = { elapsedMs: history.now - startedAt, ...(remaining ? { remaining } : {}) };
      push(withTiming(status, timing), JSON.stringify([state, percent, steps, message, warnings]));
    },
    unreachable: (since, cause) => {
      const elapsedMs = clock.now() - startedAt;
      push({ state: 'unreachable', since: new Date(since), error: cause, elapsedMs }, `unreachable ${since}`);
    },
    resolve: () => {
      isOver = true;
      ring();
    },
    reject: (reason) => {
      // Failed, canceled and partial were told as an update, and who has left need not be told.
      if (!isOver && OutcomeUnknownError.isInstance(reason)) error = reason;
      isOver = true;
      ring();
    },
  });
  consumer.leave = () => {
    isOver = true;
    waiter.leave(undefined);
  };
  try {
    for (;;) {
      const update = waiting.shift();
      if (update) yield update;
      else if (isOver) break;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
    if (error) throw error;
  } finally {
    waiter.leave(undefined);
  }
}

/** Keeps `raw` hidden, which a plain copy would lose. */
function withTiming<Result>(status: OperationStatus<Result>, timing: Timing): WatchUpdate<Result> {
  const update = { ...status, ...timing };
  Object.defineProperty(update, 'raw', { value: status.raw, enumerable: false });
  return Object.freeze(update);
}
