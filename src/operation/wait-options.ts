import type { Clock } from '../clock/clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { optionalAbove0, optionalFunctions } from '../errors/require.ts';
import type { Cadence } from './cadence.ts';
import { checkClock } from './check-clock.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import type { WaitUpdate } from './status.ts';

export interface WaitOptions<Result = unknown> {
  /** 'partial' resolves where the restore ended with some of it not restored, instead of `PartialRestoreError`. */
  readonly accept?: 'partial' | undefined;
  /** Aborting ends this wait at once, asleep or in flight, with `WaitAbortedError`. It never cancels the restore. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Our deadline in milliseconds, from this call. The last poll comes shortly before it (5 s or 5 %, the smaller).
   * @default by kind; 24 h where the kind names none
   */
  readonly timeoutMs?: number | undefined;
  /**
   * How long the operation may be out of sight, in milliseconds: the system that is polled is the one being restored.
   * @default by kind; 30 min where the kind names none
   */
  readonly outageToleranceMs?: number | undefined;
  /** When to poll again. @default by kind; `adaptiveCadence()` */
  readonly cadence?: Cadence | undefined;
  /**
   * The longest pause that the vendor's `Retry-After` may ask for, in milliseconds; 0 for a server that is known to say
   * nonsense. What a 429 asks for still holds back the client, whose limit it is.
   * @default 10 min after a good poll, 60 min after one that was refused
   */
  readonly maxRetryAfterMs?: number | undefined;
  /**
   * Called after every good poll, changed or not, the terminal one included; also once when the view is lost, and every
   * minute while it stays lost, with `{ state: 'unreachable', since, error }`. What it throws is reported as an event and
   * ends nothing.
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

/** What waits begin with: `until` is for those that can resolve before the end. */
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

/** @throws {ConfigurationError} names the option that is wrong, or not known */
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
  const { accept, signal } = options;
  if (accept !== undefined && accept !== 'partial') {
    throw new ConfigurationError('accept', "must be 'partial' or left out.");
  }
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw new ConfigurationError('signal', 'must be an AbortSignal.');
  }
}
