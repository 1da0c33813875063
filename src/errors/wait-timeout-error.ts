import { OutcomeUnknownError } from './outcome-unknown-error.ts';

/**
 * The wait reached its deadline (`timeoutMs`). The message says whether the restore is still running, or when it was
 * last seen and which polls have failed since.
 */
export class WaitTimeoutError extends OutcomeUnknownError {
  static override readonly brand: string = 'WaitTimeoutError';
  override readonly code = 'wait-timeout';
}
