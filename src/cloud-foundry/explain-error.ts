import { ApiError } from '../errors/api-error.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';

/** Chooses the type of an error of a backup or restore call by its title instead of its status. */
function explainBackupError(error: unknown): unknown {
  if (!ApiError.isInstance(error)) return error;
  if (isBusy(error) && !ConflictError.isInstance(error)) return new ConflictError(error.message, error);
  if (NotFoundError.isInstance(error) && hasTitle(error, 'CF-NotFound')) {
    // CF-15: the route does not exist, as on open-source Cloud Foundry.
    return new NotFoundError('This foundation has no backups of service instances (the route does not exist).', error);
  }
  return error;
}

/** The same condition has two codes: 409 60016, or 422 10008 with a certain text (CF-14). */
function isBusy(error: ApiError): boolean {
  if (hasTitle(error, 'CF-AsyncServiceInstanceOperationInProgress')) return true;
  return error.status === 422 && error.errors.some(({ message }) => /operation in progress/i.test(message));
}

/** Whether a 404 means that the job is not known, and not that the route does not exist. */
export function isNotFound(error: ApiError): boolean {
  return error.errors.length > 0 && !hasTitle(error, 'CF-NotFound');
}

function hasTitle(error: ApiError, title: string): boolean {
  // The message of an error without a detail is its title.
  return error.errors.some((each) => (each.title ?? each.message) === title);
}

/** Awaits a backup or restore call and explains its error. */
export async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw explainBackupError(error);
  }
}
