import { ApiError } from '../errors/api-error.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { ValidationError } from '../errors/validation-error.ts';

/** Chooses the type of an error of a backup or restore call by its title instead of its status. */
function explainBackupError(error: unknown, advice: string | undefined): unknown {
  if (!ApiError.isInstance(error)) return error;
  if (isBusy(error) && !ConflictError.isInstance(error)) return new ConflictError(error.message, error);
  if (NotFoundError.isInstance(error) && hasTitle(error, 'CF-NotFound')) {
    // CF-15: the route does not exist, as on open-source Cloud Foundry.
    return new NotFoundError('This foundation has no backups of service instances (the route does not exist).', error);
  }
  if (ValidationError.isInstance(error) && advice !== undefined) {
    return new ValidationError(`${error.message} ${advice}`, error);
  }
  return error;
}

/** Titles of errors that mean that another operation has to end first, whatever their status is. */
const BUSY: readonly string[] = [
  'CF-AsyncServiceInstanceOperationInProgress',
  'CF-AsyncServiceBindingOperationInProgress',
  'CF-ServiceBrokerConcurrencyError',
];

/** The same condition has several codes: 409 60016 and 90008, 422 270018, or 422 10008 with a certain text (CF-14). */
function isBusy(error: ApiError): boolean {
  if (BUSY.some((title) => hasTitle(error, title))) return true;
  return error.status === 422 && error.errors.some(({ message }) => IN_PROGRESS.test(message));
}

/** "There is an operation in progress for the service instance.", "An operation for service instance x is in progress." */
const IN_PROGRESS = /operation in progress|^an operation for .{1,500} is in progress/i;

/** Whether a 404 means that the job is not known, and not that the route does not exist. */
export function isNotFound(error: ApiError): boolean {
  return error.errors.length > 0 && !hasTitle(error, 'CF-NotFound');
}

function hasTitle(error: ApiError, title: string): boolean {
  // The message of an error without a detail is its title.
  return error.errors.some((each) => (each.title ?? each.message) === title);
}

/** Awaits a backup or restore call and explains its error. @param advice is added if the request was refused as wrong */
export async function explained<T>(work: Promise<T>, advice?: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw explainBackupError(error, advice);
  }
}
