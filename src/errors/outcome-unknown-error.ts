import { RestoreKitError } from './restore-kit-error.ts';
import type { Observations, SeenHandle } from './wait-facts.ts';

export interface OutcomeUnknownDetails extends Partial<Observations> {
  readonly handle?: SeenHandle | undefined;
  /** What a human should know or do next. */
  readonly advice?: string | undefined;
  readonly cause?: unknown;
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

  constructor(message: string, details: OutcomeUnknownDetails = {}, more: object = {}) {
    const { handle, observed = {}, lastSeen, advice, cause } = details;
    super(message, { handle, observed, lastSeen, advice, ...more }, cause === undefined ? {} : { cause });
  }
}
