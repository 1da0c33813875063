import { randomOf } from '../clock/random-of.ts';
import { LONGEST_TIMER_MS, systemClock } from '../clock/system-clock.ts';
import { markStarted } from '../errors/mark-started.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { requireDate } from '../errors/require-date.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { boundedPause } from './bounded-pause.ts';
import { delayOf } from './cadence.ts';
import { checkDefinition } from './check-definition.ts';
import type { Operation, OperationHandle } from './operation.ts';
import type { OperationDefinition } from './operation-definition.ts';
import { hasEndedWithoutVerdict, OperationSource, SOURCE } from './operation-source.ts';
import { PollTracker } from './poll-tracker.ts';
import { type OperationStatus, toStatus } from './status.ts';

/**
 * Makes an operation of anything that can be polled. It can be waited for, watched and saved.
 *
 * @example
 * const operation = defineOperation<{ rows: number }>({
 *   kind: 'acme/restore',
 *   id: job.id,
 *   startedAt: new Date(),
 *   poll: async ({ signal }) => {
 *     const { status, rows } = await readJob(job.id, signal); // throws if it cannot read the job
 *     return status === 'DONE' ? { state: 'succeeded', result: { rows } } : { state: 'running', message: status };
 *   },
 * });
 * @throws {ConfigurationError} names the field that is wrong
 */
export function defineOperation<Result>(definition: OperationDefinition<Result>): Operation<Result> {
  checkDefinition(definition);
  return new DefinedOperation(definition, requireDate('startedAt', definition.startedAt));
}

class DefinedOperation<Result> implements Operation<Result> {
  readonly kind: string;
  readonly id: string;
  readonly startedAt: Date;
  declare readonly [SOURCE]: OperationSource<Result>;

  constructor(definition: OperationDefinition<Result>, startedAt: Date) {
    this.kind = definition.kind;
    this.id = definition.id;
    this.startedAt = startedAt;
    Object.defineProperty(this, SOURCE, { value: new OperationSource(definition) });
  }

  get baseUrl(): string | undefined {
    return this[SOURCE].definition.baseUrl;
  }

  get note(): string | undefined {
    return this[SOURCE].definition.note;
  }

  async poll(options: { readonly signal?: AbortSignal } = {}): Promise<OperationStatus<Result>> {
    options.signal?.throwIfAborted();
    const source = this[SOURCE];
    try {
      const status = toStatus(await source.definition.poll(options));
      source.knownAt = (source.definition.clock ?? systemClock).now();
      if (status.state === 'running') {
        source.runningAt = source.knownAt;
        return this.#withPollAfter(status);
      }
      await source.close({ status });
      return status;
    } catch (thrown) {
      const error = markStarted(this.#explain(thrown), 'yes');
      if (hasEndedWithoutVerdict(error)) await source.close({ error });
      throw error;
    }
  }

  toJSON(): OperationHandle {
    const { baseUrl, note, handle } = this[SOURCE].definition;
    const { kind, id } = this;
    const startedAt = this.startedAt.toISOString();
    return { ...omitUndefined({ v: 1 as const, kind, id, baseUrl, startedAt, note }), ...handle };
  }

  /** Adds the handle to an end without a verdict, and turns a RangeError into a typed error. */
  #explain(error: unknown): unknown {
    if (hasEndedWithoutVerdict(error)) {
      const { message, observed, lastSeen, advice, reason, cause } = error;
      const handle = this.toJSON();
      return new OutcomeUnknownError(message, { handle, observed, lastSeen, advice, reason, cause });
    }
    if (!(error instanceof RangeError)) return error;
    // The answer holds a date out of range, or is too deep for the stack.
    return new UnexpectedResponseError(`The answer could not be understood: ${error.message}`, {
      status: 200,
      cause: error,
    });
  }

  #withPollAfter(status: OperationStatus<Result> & { readonly state: 'running' }): OperationStatus<Result> {
    const { clock = systemClock, cadence } = this[SOURCE].definition;
    const now = clock.now();
    const polls = new PollTracker();
    polls.good(status.percent, now);
    const delay = delayOf(cadence, polls.history(this.startedAt.getTime(), now, randomOf(clock)));
    // The caller may pass the value directly to a timer.
    const pollAfterMs = Math.min(Math.max(delay, Math.round(boundedPause(status.pollAfterMs))), LONGEST_TIMER_MS);
    return toStatus({ ...status, raw: status.raw, pollAfterMs });
  }
}
