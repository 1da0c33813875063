/** What a schedule found: a promise of the package that did not hold. */
class BrokenPromise extends Error {
  override name = 'BrokenPromise';
}

export function promise(holds: boolean, text: string): asserts holds {
  if (!holds) throw new BrokenPromise(text);
}

export function inWords(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
