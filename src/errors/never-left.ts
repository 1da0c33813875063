/** A registered symbol, because a `fetch` may come from another copy of the package. */
const MARK = Symbol.for('restorekit.never-left');

interface Mark {
  readonly explanation: string | undefined;
}

/**
 * Marks an error of a failed connection. A `fetch` uses it when it knows that no byte of the request was written.
 * `explanation` is shown in addition to the error's code.
 */
export function markNeverLeft<E extends Error>(error: E, explanation?: string): E {
  const mark: Mark = { explanation };
  return Object.defineProperty(error, MARK, { value: mark, configurable: true });
}

/** The mark of an error or of its cause. */
export function neverLeft(error: unknown): Mark | undefined {
  if (!(error instanceof Error)) return undefined;
  const mark = Reflect.get(error, MARK) as Mark | undefined;
  return mark ?? (error.cause === error ? undefined : neverLeft(error.cause));
}
