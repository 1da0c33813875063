import { omitUndefined } from '../values/omit-undefined.ts';
import { RestoreKitError, type Started } from './restore-kit-error.ts';
import type { Observations, SeenHandle } from './wait-facts.ts';

export interface OutcomeUnknownDetails extends Partial<Observations> {
  readonly handle?: SeenHandle | undefined;
  /** What a person should know or do next. */
  readonly advice?: string | undefined;
  readonly cause?: unknown;
  /** @default 'yes' if there is a handle, otherwise 'unknown' */
  readonly started?: Started | undefined;
  /** Why the outcome is not known, such as `ended-without-verdict`, if there is a code for it. */
  readonly reason?: string | undefined;
}

/**
 * The outcome of the restore is not known. It may be running, or may have succeeded or failed. Never start it again
 * because of this error. `client.resume(error.handle)` makes an operation that you can wait for again.
 */
export class OutcomeUnknownError extends RestoreKitError {
  static override readonly brand: string = 'OutcomeUnknownError';
  readonly code: string = 'outcome-unknown';
  /** Absent if a start got no answer: then there is no id that could be polled. */
  declare readonly handle: SeenHandle | undefined;
  declare readonly observed: Readonly<Record<string, number>>;
  declare readonly lastSeen: Observations['lastSeen'];
  declare readonly advice: string | undefined;
  /** 'ended-without-verdict' if the vendor reports that the operation has ended, but not how. */
  declare readonly reason: string | undefined;

  constructor(message: string, details: OutcomeUnknownDetails = {}, more: object = {}) {
    const { handle, observed = {}, lastSeen, advice, reason, cause, started = handle ? 'yes' : 'unknown' } = details;
    const options = cause === undefined ? { started } : { started, cause };
    super(message, { handle, observed, lastSeen, advice, ...omitUndefined({ reason }), ...more }, options);
  }
}
