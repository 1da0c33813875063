import { ApiError } from '../errors/api-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';

/** A short name under which like failures are counted. */
export function errorLabel(error: unknown): string {
  if (ApiError.isInstance(error)) return `${error.code} ${error.status}`;
  if (ConnectionError.isInstance(error) && error.reason !== undefined) return `${error.code} ${error.reason}`;
  if (OutcomeUnknownError.isInstance(error) && error.reason !== undefined) return `${error.code} ${error.reason}`;
  if (RestoreKitError.isInstance(error)) return error.code;
  return error instanceof Error ? error.name : typeof error;
}
