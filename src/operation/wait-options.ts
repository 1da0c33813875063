import type { Clock } from '../clock/clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalAbove0, optionalFunctions, optionalSignal } from '../errors/require.ts';
import type { Cadence } from './cadence.ts';
import { checkClock } from './check-clock.ts';
import type { WaitUpdate } from './status.ts';

export interface WaitOptions<Result = unknown> {
  /** With 'partial', the wait resolves if not everything was restored, instead of throwing a `PartialRestoreError`. */
  readonly accept?: 'partial' | undefined;
  /** Ends this wait at once with a `WaitAbortedError` when it aborts. It does not cancel the restore. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The deadline of the wait, in milliseconds from this call. The last poll starts shortly before it: 5 s or 5 %,
   * whichever is less.
   * @default that of the kind, otherwise 24 h
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How long polls may keep failing, in milliseconds. The polled system is the one that is being restored, so it may be
   * down for a long time.
   * @default that of the kind, otherwise 30 min
   */
  readonly outageToleranceMs?: number | undefined;
  /** When to poll again. @default that of the kind, otherwise `adaptiveCadence()` */
  readonly cadence?: Cadence | undefined;
  /**
   * The longest pause that the vendor's `Retry-After` may ask for, in milliseconds. Use 0 for a server that sends wrong
   * values. The pause of a 429 still holds back the whole client.
   * @default 10 min after a good poll, 60 min after a refused poll
   */
  readonly maxRetryAfterMs?: number | undefined;
  /**
   * Called after every good poll, including the last one, even if nothing has changed. Also called at the first failed
   * poll, and then every minute until a poll succeeds, with `{ state: 'unreachable', since, error }`. If it throws, the
   * error is reported as an event, and the wait goes on.
   *
   * @example
   * onProgress: (update) => {
   *   if (update.state === 'unreachable') log(`not seen since ${update.since.toISOString()}: ${update.error}`);
   *   else log(`${update.state} ${update.percent ?? ''}`);
   * }
   */
  readonly onProgress?: ((update: WaitUpdate<Result>) => unknown) | undefined;
  /** @default the operation's own clock */
  readonly clock?: Clock | undefined;
}

/** Options of all kinds of waits. `until` is for waits that can resolve before the end. */
export interface BeginOptions<Result> extends WaitOptions<Result> {
  readonly until?: 'ready' | undefined;
}

const NAMES: Readonly<Record<keyof WaitOptions, true>> = {
  accept: true,
  signal: true,
  timeoutMs: true,
  outageToleranceMs: true,
  cadence: true,
  maxRetryAfterMs: true,
  onProgress: true,
  clock: true,
};

/** @throws {ConfigurationError} names the option that is wrong or not known */
export function checkWaitOptions(options: WaitOptions<never>, ...further: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new ConfigurationError('options', 'must be an object, such as { timeoutMs: 3_600_000 }.');
  }
  refuseUnknown(options, [...Object.keys(NAMES), ...further]);
  optionalAbove0('timeoutMs', options.timeoutMs);
  optionalAbove0('outageToleranceMs', options.outageToleranceMs);
  if (options.maxRetryAfterMs !== 0) optionalAbove0('maxRetryAfterMs', options.maxRetryAfterMs);
  optionalFunctions(options, 'cadence', 'onProgress');
  checkClock(options.clock);
  const { accept } = options;
  if (accept !== undefined && accept !== 'partial') {
    throw new ConfigurationError('accept', "must be 'partial' or left out.");
  }
  optionalSignal('signal', options.signal);
}
