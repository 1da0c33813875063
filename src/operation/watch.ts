import { systemClock } from '../clock/system-clock.ts';
import { HandleError } from '../errors/handle-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { beginWait } from './begin-wait.ts';
import { estimateRemaining, type RemainingTime } from './estimate-remaining.ts';
import type { Operation } from './operation.ts';
import { sourceOf } from './source-of.ts';
import { unreachableUpdate, type WaitUpdate } from './status.ts';
import type { UsualDuration } from './usual-duration.ts';
import type { WaitOptions } from './wait-options.ts';

/** Timing that is part of every update. */
export interface Timing {
  /** Milliseconds since the operation was started. */
  readonly elapsedMs: number;
  /** Set only if the vendor reports a percentage that moves. */
  readonly remaining?: RemainingTime;
  /**
   * How long the last restores of this kind and target took. Set only while the operation runs and if that is known, for
   * example by `startOnce`. It is not the vendor's word.
   */
  readonly usual?: UsualDuration;
}

export type WatchUpdate<Result> = WaitUpdate<Result> & Timing;

/** If more updates than this wait for a slow consumer, older outages are dropped. */
const MOST_WAITING = 32;

/**
 * Yields every change of an operation once and ends with the terminal status. For a slow consumer, changes of
 * percentage and steps are merged, but never changes of the state. Leaving the loop stops the requests.
 *
 * A failed operation is an update, not an exception.
 * @throws {OutcomeUnknownError} the end is not known, as with `waitForCompletion`
 */
export function watch<Result>(
  operation: Operation<Result>,
  options: WatchOptions<Result> = {},
): AsyncGenerator<WatchUpdate<Result>, void, undefined> {
  const consumer = { leave: () => {} };
  const updates = updatesOf(operation, options, consumer);
  const finish = updates.return.bind(updates);
  // A generator would notice the return only after the next change, but streams may return while they wait for one.
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
  const source = sourceOf(operation);
  const clock = options?.clock ?? source.definition.clock ?? systemClock;
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
  const wait = beginWait(operation, options, {
    status: (status, polls) => {
      // The result and the details of a failure are left out. They may not be JSON, and an end is reported only once
      // anyway.
      const { state, percent, steps, message, warnings } = status;
      const history = polls.history(startedAt, clock.now(), 0.5);
      const remaining = status.state === 'running' ? estimateRemaining(history) : undefined;
      const usual = status.state === 'running' ? source.usual : undefined;
      const timing = { elapsedMs: history.now - startedAt, ...omitUndefined({ remaining, usual }) };
      push(withTiming(status, timing), JSON.stringify([state, percent, steps, message, warnings]));
    },
    unreachable: (since, cause) => {
      const elapsedMs = clock.now() - startedAt;
      push({ ...unreachableUpdate(since, cause), elapsedMs }, `unreachable ${since}`);
    },
    resolve: () => {
      isOver = true;
      ring();
    },
    reject: (reason) => {
      // Failed, canceled and partial were already reported as an update. A consumer that has left gets no error.
      if (!isOver && isNoUpdate(reason)) error = reason;
      isOver = true;
      ring();
    },
  });
  consumer.leave = () => {
    isOver = true;
    wait.leave(undefined);
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
    wait.leave(undefined);
  }
}

/** An end that the vendor reported was already yielded as an update. An unknown end has to be thrown. */
function isNoUpdate(reason: Error): boolean {
  return OutcomeUnknownError.isInstance(reason) || HandleError.isInstance(reason);
}

/** Keeps `raw` not enumerable, which a plain copy would lose. */
function withTiming<Result>(
  status: WaitUpdate<Result> & { readonly raw?: unknown },
  timing: Timing,
): WatchUpdate<Result> {
  const update = { ...status, ...timing };
  Object.defineProperty(update, 'raw', { value: status.raw, enumerable: false });
  return Object.freeze(update);
}
