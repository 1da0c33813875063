import { OutcomeUnknownError } from './outcome-unknown-error.ts';

/** The credentials are refused for good, or the permission to poll is gone. The restore may be running, or have ended. */
export class AccessLostError extends OutcomeUnknownError {
  static override readonly brand: string = 'AccessLostError';
  override readonly code = 'access-lost';
}
