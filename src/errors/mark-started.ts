import { RestoreKitError, type Started } from './restore-kit-error.ts';

/** Sets `started` on an error whose constructor could not know it. Errors of other packages are not changed. */
export function markStarted(error: unknown, started: Started): unknown {
  if (RestoreKitError.isInstance(error)) Object.defineProperty(error, 'started', { value: started });
  return error;
}
