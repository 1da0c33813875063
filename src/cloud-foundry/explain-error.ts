import { ApiError } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
import type { PollVerdict } from '../operation/poll-verdict.ts';

/** Gives an error of a backup or restore call the type that its title, rather than its status, stands for. */
export function explainBackupError(error: unknown): unknown {
  if (!ApiError.isInstance(error)) return error;
  if (isBusy(error) && !ConflictError.isInstance(error)) return new ConflictError(error.message, error);
  if (NotFoundError.isInstance(error) && hasTitle(error, 'CF-NotFound')) {
    // CF-15: the route itself is missing, as on open-source Cloud Foundry.
    return new NotFoundError('This foundation has no backups of service instances (the route does not exist).', error);
  }
  return error;
}

/** One condition, two codes: 409 60016, or 422 10008 with a sentence (CF-14). */
function isBusy(error: ApiError): boolean {
  if (hasTitle(error, 'CF-AsyncServiceInstanceOperationInProgress')) return true;
  return error.status === 422 && error.errors.some(({ message }) => /operation in progress/i.test(message));
}

/**
 * What a failed poll of a job means. A 404 counts as absent only if the Cloud Controller itself says so; a router's page
 * is an outage. 403 is a missing scope, and 401 comes here only after a refresh (CF-19).
 */
export function jobVerdict(error: unknown): PollVerdict {
  if (AuthenticationError.isInstance(error) || PermissionError.isInstance(error)) return 'give-up';
  if (NotFoundError.isInstance(error)) {
    return error.errors.length > 0 && !hasTitle(error, 'CF-NotFound') ? 'absent' : 'outage';
  }
  return 'outage';
}

function hasTitle(error: ApiError, title: string): boolean {
  return error.errors.some((each) => each.title === title);
}
