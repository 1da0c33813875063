import { ApiError } from '../errors/api-error.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';

/** Gives an error of a backup or restore call the type that its title, rather than its status, stands for. */
function explainBackupError(error: unknown): unknown {
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

/** A 404 says that a job is not known only where the Cloud Controller does not say that the route itself is missing. */
export function isNotFound(error: ApiError): boolean {
  return error.errors.length > 0 && !hasTitle(error, 'CF-NotFound');
}

function hasTitle(error: ApiError, title: string): boolean {
  // An error without a detail has its title for a message.
  return error.errors.some((each) => (each.title ?? each.message) === title);
}

/** Awaits a backup or restore call, and explains its error. */
export async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw explainBackupError(error);
  }
}
