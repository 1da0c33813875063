import { type OutcomeUnknownDetails, OutcomeUnknownError } from './outcome-unknown-error.ts';

/** The operation could not be seen for longer than `outageToleranceMs`, or the vendor no longer knows it. */
export class OutageError extends OutcomeUnknownError {
  static override readonly brand: string = 'OutageError';
  override readonly code = 'outage';
  /** 'gone' if the vendor answers that it does not know the operation, otherwise 'unreachable'. */
  declare readonly reason: 'unreachable' | 'gone';
  /** The time of the first failed poll. */
  declare readonly since: Date;

  constructor(
    message: string,
    details: OutcomeUnknownDetails & { readonly reason: 'unreachable' | 'gone'; readonly since: Date },
  ) {
    const { reason, since } = details;
    super(message, details, { reason, since });
  }
}
