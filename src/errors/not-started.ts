/** A registered symbol, so that the mark also holds across the ESM and the CommonJS copy. */
const NOT_STARTED = Symbol.for('restorekit.not-started');

/**
 * Marks an error that a start call threw before the start could take effect: no token, no connection, or a refusal.
 * `startOnce` frees a key only if the error has this mark, because other calls throw errors of the same classes. Use it
 * in a client of your own; the clients of this package call it themselves. Returns the error.
 */
export function markNotStarted<E>(error: E): E {
  // An object of the caller, such as the reason of an abort, may be thrown elsewhere too, so it is not changed.
  if (error instanceof Error && 'isRestoreKitError' in error) {
    Object.defineProperty(error, NOT_STARTED, { value: true, configurable: true });
  }
  return error;
}

export function isMarkedNotStarted(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, NOT_STARTED) === true;
}
