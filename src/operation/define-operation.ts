import { randomOf } from '../clock/random-of.ts';
import { LONGEST_TIMER_MS, systemClock } from '../clock/system-clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { markStarted } from '../errors/mark-started.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import { requireText } from '../errors/require.ts';
import { askedPause } from './asked-pause.ts';
import { delayOf } from './cadence.ts';
import { INTERNALS, type OperationInternals } from './internals.ts';
import type { Operation, OperationHandle } from './operation.ts';
import type { OperationDefinition } from './operation-definition.ts';
import { PollTracker } from './poll-tracker.ts';
import { defaultPollVerdict, type PollVerdict } from './poll-verdict.ts';
import { type OperationStatus, type TerminalStatus, toStatus } from './status.ts';

/** Makes an operation that can be waited for, watched and saved of anything that can be polled. */
export function defineOperation<Result>(definition: OperationDefinition<Result>): Operation<Result> {
  const { kind, id, startedAt } = definition;
  requireText('kind', kind);
  requireText('id', id);
  if (Number.isNaN(startedAt.getTime())) throw new ConfigurationError('startedAt', 'is not a valid date.');
  return new DefinedOperation(definition);
}

class DefinedOperation<Result> implements Operation<Result> {
  readonly kind: string;
  readonly id: string;
  readonly startedAt: Date;
  declare readonly [INTERNALS]: Internals<Result>;

  constructor(definition: OperationDefinition<Result>) {
    this.kind = definition.kind;
    this.id = definition.id;
    this.startedAt = definition.startedAt;
    Object.defineProperty(this, INTERNALS, { value: new Internals(definition) });
  }

  get baseUrl(): string | undefined {
    return this[INTERNALS].definition.baseUrl;
  }

  get note(): string | undefined {
    return this[INTERNALS].definition.note;
  }

  async poll(options: { readonly signal?: AbortSignal } = {}): Promise<OperationStatus<Result>> {
    options.signal?.throwIfAborted();
    const { definition } = this[INTERNALS];
    try {
      return withPollAfter(await this[INTERNALS].poll(options), definition);
    } catch (error) {
      throw markStarted(error, 'yes');
    }
  }

  toJSON(): OperationHandle {
    const { baseUrl, note, handle } = this[INTERNALS].definition;
    return {
      v: 1,
      kind: this.kind,
      id: this.id,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      startedAt: this.startedAt.toISOString(),
      ...(note === undefined ? {} : { note }),
      ...handle,
    };
  }
}

class Internals<Result> implements OperationInternals<Result> {
  readonly definition: OperationDefinition<Result>;
  ended: TerminalStatus<Result> | undefined;
  loop: object | undefined;

  constructor(definition: OperationDefinition<Result>) {
    this.definition = definition;
  }

  async poll(options: { readonly signal?: AbortSignal }): Promise<OperationStatus<Result>> {
    return toStatus(await this.definition.poll(options));
  }

  verdict(error: unknown): PollVerdict {
    return RateLimitError.isInstance(error) ? 'limited' : (this.definition.outage ?? defaultPollVerdict)(error);
  }
}

function withPollAfter<Result>(
  status: OperationStatus<Result>,
  definition: OperationDefinition<Result>,
): OperationStatus<Result> {
  if (status.state !== 'running') return status;
  const { clock = systemClock, cadence, startedAt } = definition;
  const now = clock.now();
  const polls = new PollTracker();
  polls.good(status.percent, now);
  const delay = delayOf(cadence, polls.history(startedAt.getTime(), now, randomOf(clock)));
  // An engine gives it to a timer as it is.
  const pollAfterMs = Math.min(Math.max(delay, Math.round(askedPause(status.pollAfterMs))), LONGEST_TIMER_MS);
  return toStatus({ ...status, raw: status.raw, pollAfterMs });
}
