import { omitUndefined } from '../values/omit-undefined.ts';
import { RestoreKitError, type Started } from './restore-kit-error.ts';
import type { Observations, SeenHandle } from './wait-facts.ts';

export interface OutcomeUnknownDetails extends Partial<Observations> {
  readonly handle?: SeenHandle | undefined;
  /** What a human should know or do next. */
  readonly advice?: string | undefined;
  readonly cause?: unknown;
  /** @default 'yes' where there is a handle, else 'unknown' */
  readonly started?: Started | undefined;
  /** Why it is not known, where there is a word for it: `ended-without-verdict`. */
  readonly reason?: string | undefined;
}

/**
 * We do not know how the restore ends or ended. It may be running, may have succeeded, may have failed: never start it
 * again because of this error. `client.resume(error.handle)` goes on watching.
 */
export class OutcomeUnknownError extends RestoreKitError {
  static override readonly brand: string = 'OutcomeUnknownError';
  readonly code: string = 'outcome-unknown';
  /** Absent where a start got no answer: there is nothing to go on with then. */
  declare readonly handle: SeenHandle | undefined;
  declare readonly observed: Readonly<Record<string, number>>;
  declare readonly lastSeen: Observations['lastSeen'];
  declare readonly advice: string | undefined;
  /** 'ended-without-verdict' where the vendor said that it is over, and not how. */
  declare readonly reason: string | undefined;

  constructor(message: string, details: OutcomeUnknownDetails = {}, more: object = {}) {
    const { handle, observed = {}, lastSeen, advice, reason, cause, started = handle ? 'yes' : 'unknown' } = details;
    const options = cause === undefined ? { started } : { started, cause };
    super(message, { handle, observed, lastSeen, advice, ...omitUndefined({ reason }), ...more }, options);
  }
}
