import { OutcomeUnknownError } from './outcome-unknown-error.ts';

/** Our own deadline is over. The restore goes on at the vendor. */
export class WaitTimeoutError extends OutcomeUnknownError {
  static override readonly brand: string = 'WaitTimeoutError';
  override readonly code = 'wait-timeout';
}
