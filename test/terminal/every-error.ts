import * as errors from 'restorekit/errors';

const startedAt = '2026-01-01T00:00:00.000Z';
export const handle = { v: 1, kind: 'acme/restore', id: 'r-1', startedAt } as const;
export const at = new Date('2026-01-01T01:00:00Z');
export const wait = {
  startedAt: at,
  completedAt: at,
  elapsedMs: 65_000,
  polls: 3,
  unreachableMs: 0,
  warnings: [],
  steps: [],
};
export const failure = { message: 'The disk is full.', code: 'E17', details: {} };
const seen = { handle, lastSeen: { state: 'running', percent: 62, at }, observed: { running: 3 } };
const reconcile = async () => ({ outcome: 'not-started' }) as const;
const target = { system: 'acme', baseUrl: 'https://acme.example.org', instance: 'db' };

type Started = errors.Started;

/** An error of each class, by the name of the class; those that can tell it say `started`. */
export const everyError: Readonly<Record<string, (started?: Started) => errors.RestoreKitError>> = {
  AccessLostError: () => new errors.AccessLostError('Access was lost.', seen),
  ApiError: () => new errors.ApiError('Teapot', { status: 418 }),
  AuthenticationError: () => new errors.AuthenticationError('Bad credentials', { status: 401 }),
  ConfigurationError: () => new errors.ConfigurationError('baseUrl', 'is no URL.'),
  ConflictError: () => new errors.ConflictError('Busy', { status: 409 }),
  ConnectionError: () => new errors.ConnectionError('The connection was cut.', { sent: 'unknown' }),
  HandleError: () => new errors.HandleError('kind', 'does not fit.'),
  IncompleteTransferError: () => new errors.IncompleteTransferError('It broke off.', { reason: 'idle', bytes: 5 }),
  KeyMismatchError: () => new errors.KeyMismatchError('Another input.', { key: 'CHANGE-1', differs: 'input' }),
  NotFoundError: () => new errors.NotFoundError('Unknown id', { status: 404 }),
  OperationFailedError: () => new errors.OperationFailedError('It failed.', { state: 'failed', failure, handle, wait }),
  OutageError: () => new errors.OutageError('Dark for 7200 s.', { ...seen, reason: 'unreachable', since: at }),
  OutcomeUnknownError: () => new errors.OutcomeUnknownError('Nobody knows.', seen),
  PartialRestoreError: () => new errors.PartialRestoreError('Not all of it.', { result: {}, handle, wait }),
  PermissionError: () => new errors.PermissionError('Forbidden', { status: 403 }),
  RateLimitError: () => new errors.RateLimitError('Slow down', { status: 429, retryAfterMs: 90_000 }),
  RequestTimeoutError: () => new errors.RequestTimeoutError('Late.', { timeoutMs: 30_000 }),
  RestoreInProgressError: () => new errors.RestoreInProgressError('It is taken.', { key: 'CHANGE-1', handle, target }),
  RestoreRunningError: () =>
    new errors.RestoreRunningError('A restore runs.', { sessionId: 's', running: ['Restore'] }),
  SelectionError: () => new errors.SelectionError('Two fit.', { reason: 'several', found: [1, 2] }),
  ServerError: () => new errors.ServerError('Down.', { status: 503 }),
  StartOutcomeUnknownError: (started = 'unknown') =>
    new errors.StartOutcomeUnknownError('The answer was lost.', { reconcile, started }),
  StoreError: (started) => new errors.StoreError('The folder is gone.', { reason: 'missing', started }),
  UnexpectedResponseError: (started) => new errors.UnexpectedResponseError('No Location.', { status: 202, started }),
  UntrustedLocationError: (started = 'no') =>
    new errors.UntrustedLocationError('Foreign.', { location: '/x', started }),
  ValidationError: () => new errors.ValidationError('Wrong field', { status: 422 }),
  WaitAbortedError: () => new errors.WaitAbortedError('The wait was aborted.', seen),
  WaitTimeoutError: () => new errors.WaitTimeoutError('The deadline passed.', seen),
  WriteOutcomeUnknownError: () => new errors.WriteOutcomeUnknownError('Lost.', { method: 'DELETE', path: '/x' }),
};

/** The names of all classes that the package can throw, as the entry point exports them. */
export const classNames: readonly string[] = Object.entries(errors)
  .filter(([, value]) => typeof value === 'function' && value.prototype instanceof errors.RestoreKitError)
  .map(([name]) => name);

/** The same error, as if its maker had said this of the start. */
export function thatSays<E extends errors.RestoreKitError>(started: Started, error: E): E {
  return Object.defineProperty(error, 'started', { value: started });
}
