import type { ListOptions } from './restore-store.ts';

/** One page out of names in any order. */
export function pageOf(
  names: Iterable<string>,
  prefix: string,
  { after = '', limit = Number.POSITIVE_INFINITY }: ListOptions = {},
): readonly string[] {
  const wanted = [...names].filter((name) => name.startsWith(prefix) && name > after);
  return wanted.sort(byCharacters).slice(0, limit);
}

/** As `<` compares, which no locale changes. */
function byCharacters(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
