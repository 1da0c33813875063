import { OutcomeUnknownError } from './outcome-unknown-error.ts';

/** Our own deadline is over. The message tells what is known: it goes on, or when it was seen last and what failed since. */
export class WaitTimeoutError extends OutcomeUnknownError {
  static override readonly brand: string = 'WaitTimeoutError';
  override readonly code = 'wait-timeout';
}
