import { omitUndefined } from '../client/omit-undefined.ts';

/** The fields that the server tells: null, an empty text and an absent field mean the same in its answers. */
export function omitEmpty<T extends object>(fields: T): { readonly [K in keyof T]?: NonNullable<T[K]> } {
  const told = Object.entries(fields).map(([name, value]) => [
    name,
    value === null || value === '' ? undefined : value,
  ]);
  return omitUndefined(Object.fromEntries(told)) as { [K in keyof T]?: NonNullable<T[K]> };
}
