import type { ListOptions } from './restore-store.ts';

/** Makes one page from names in any order. */
export function pageOf(
  names: Iterable<string>,
  prefix: string,
  { after = '', limit = Number.POSITIVE_INFINITY }: ListOptions = {},
): readonly string[] {
  const wanted = [...names].filter((name) => name.startsWith(prefix) && name > after);
  return wanted.sort(byCharacters).slice(0, limit);
}

/** Compares like `<`, independent of the locale. */
function byCharacters(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
