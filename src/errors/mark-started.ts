import { RestoreKitError, type Started } from './restore-kit-error.ts';

/** Says of an error what its maker could not know: whether there is a restore already. Errors of others are left alone. */
export function markStarted(error: unknown, started: Started): unknown {
  if (RestoreKitError.isInstance(error)) Object.defineProperty(error, 'started', { value: started });
  return error;
}
