/** What is the worst about a broken promise. */
export type Break = 'false end' | 'false "not sent"' | 'raw error' | 'double start' | 'other';

export const breaks: readonly Break[] = ['false end', 'false "not sent"', 'raw error', 'double start', 'other'];

/** What a schedule found: a promise of the package that did not hold. */
class BrokenPromise extends Error {
  override name = 'BrokenPromise';
  readonly kind: Break;

  constructor(text: string, kind: Break) {
    super(text);
    this.kind = kind;
  }
}

export function promise(holds: boolean, text: string, kind: Break = 'other'): asserts holds {
  if (!holds) throw new BrokenPromise(text, kind);
}

/** Which promise an error says was broken; an error of the harness, or of the package, is 'other'. */
export function breakOf(error: unknown): Break {
  return error instanceof BrokenPromise ? error.kind : 'other';
}

export function inWords(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
