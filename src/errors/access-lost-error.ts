import { OutcomeUnknownError } from './outcome-unknown-error.ts';

/**
 * The credentials are refused for good, or no longer have the permission to poll. The restore may be running or may
 * have ended.
 */
export class AccessLostError extends OutcomeUnknownError {
  static override readonly brand: string = 'AccessLostError';
  override readonly code = 'access-lost';
}
