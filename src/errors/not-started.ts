/** A registered symbol, so that the mark also holds across the ESM and the CommonJS copy. */
const NOT_STARTED = Symbol.for('restorekit.not-started');

/**
 * Marks what a start call threw before it could take effect: no token, no connection, a refusal. `startOnce` frees a key
 * only by this mark, since the same classes of errors also come from other calls. For a client of your own; the clients of
 * this package do it. Answers the error.
 */
export function markNotStarted<E>(error: E): E {
  // A reason of the caller's own, such as that of an abort, may be thrown elsewhere too and is left alone.
  if (error instanceof Error && 'isRestoreKitError' in error) {
    Object.defineProperty(error, NOT_STARTED, { value: true, configurable: true });
  }
  return error;
}

export function isMarkedNotStarted(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, NOT_STARTED) === true;
}
