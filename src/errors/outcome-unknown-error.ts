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
  readonly handle: SeenHandle | undefined;
  readonly observed: Readonly<Record<string, number>>;
  readonly lastSeen: Observations['lastSeen'];
  readonly advice: string | undefined;

  constructor(message: string, details: OutcomeUnknownDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.handle = details.handle;
    this.observed = details.observed ?? {};
    this.lastSeen = details.lastSeen;
    this.advice = details.advice;
  }

  protected override facts(): Record<string, unknown> {
    const { handle, observed, lastSeen, advice } = this;
    return { handle, observed, lastSeen, advice };
  }
}
