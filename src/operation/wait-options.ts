import type { Clock } from '../clock/clock.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { optionalAbove0, optionalFunctions } from '../errors/require.ts';
import type { Cadence } from './cadence.ts';
import type { OperationStatus } from './status.ts';

export interface WaitOptions<Result = unknown> {
  /** 'partial' resolves where the restore ended with some of it not restored, instead of `PartialRestoreError`. */
  readonly accept?: 'partial';
  /** Aborting ends this wait at once, asleep or in flight, with `WaitAbortedError`. It never cancels the restore. */
  readonly signal?: AbortSignal;
  /**
   * Our deadline in milliseconds, from this call. The last poll comes shortly before it (5 s or 5 %, the smaller).
   * @default by kind; 24 h, Cloud Foundry 7 days
   */
  readonly timeoutMs?: number;
  /**
   * How long the operation may be out of sight, in milliseconds: the system that is polled is the one being restored.
   * @default by kind; 30 min, Oracle EPM and DocSpace 2 h
   */
  readonly outageToleranceMs?: number;
  /** When to poll again. @default by kind; `adaptiveCadence()` */
  readonly cadence?: Cadence;
  /**
   * The longest pause that the vendor's `Retry-After` may ask for, in milliseconds; 0 for a server that is known to say
   * nonsense. What a 429 asks for still holds back the client, whose limit it is.
   * @default 10 min after a good poll, 60 min after one that was refused
   */
  readonly maxRetryAfterMs?: number;
  /**
   * Called after every successful poll, changed or not, the terminal one included. What it throws is reported as an
   * event and ends nothing.
   */
  readonly onProgress?: (status: OperationStatus<Result>) => unknown;
  /** @default the operation's own clock */
  readonly clock?: Clock;
}

/** @throws {ConfigurationError} names the option that is wrong */
export function checkWaitOptions(options: WaitOptions<never>): void {
  optionalAbove0('timeoutMs', options.timeoutMs);
  optionalAbove0('outageToleranceMs', options.outageToleranceMs);
  if (options.maxRetryAfterMs !== 0) optionalAbove0('maxRetryAfterMs', options.maxRetryAfterMs);
  optionalFunctions(options, 'cadence', 'onProgress');
  if (options.accept !== undefined && options.accept !== 'partial') {
    throw new ConfigurationError('accept', "must be 'partial' or left out.");
  }
}
