import { OutcomeUnknownError } from './outcome-unknown-error.ts';

/** The caller's `signal` aborted the wait. `cause` is the reason of the signal. The restore itself was not canceled. */
export class WaitAbortedError extends OutcomeUnknownError {
  static override readonly brand: string = 'WaitAbortedError';
  override readonly code = 'wait-aborted';
}
