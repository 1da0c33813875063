import { OutcomeUnknownError } from './outcome-unknown-error.ts';

/** The caller's `signal` aborted the wait; `cause` is its reason. Nothing was canceled at the vendor. */
export class WaitAbortedError extends OutcomeUnknownError {
  static override readonly brand: string = 'WaitAbortedError';
  override readonly code = 'wait-aborted';
}
