/** Known to every copy of the package, since a `fetch` may come from another one. */
const MARK = Symbol.for('restorekit.never-left');

interface Mark {
  readonly explanation: string | undefined;
}

/**
 * Marks an error of a connection that was not made, by a `fetch` that knows that no byte of the request was written.
 * `explanation` is shown where the code alone would say too little.
 */
export function markNeverLeft<E extends Error>(error: E, explanation?: string): E {
  const mark: Mark = { explanation };
  return Object.defineProperty(error, MARK, { value: mark, configurable: true });
}

/** The mark of an error or of what caused it. */
export function neverLeft(error: unknown): Mark | undefined {
  if (!(error instanceof Error)) return undefined;
  const mark = Reflect.get(error, MARK) as Mark | undefined;
  return mark ?? (error.cause === error ? undefined : neverLeft(error.cause));
}
