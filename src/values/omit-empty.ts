import { type OmitUndefined, omitUndefined } from './omit-undefined.ts';

type NullToUndefined<T> = { [K in keyof T]: null extends T[K] ? Exclude<T[K], null> | undefined : T[K] };

/** The fields that the server tells: in its answers null, an empty text and an absent field mean the same. */
export function omitEmpty<T extends object>(fields: T): OmitUndefined<NullToUndefined<T>> {
  const told = Object.entries(fields).map(([name, value]) => [name, value === '' ? undefined : (value ?? undefined)]);
  return omitUndefined(Object.fromEntries(told)) as OmitUndefined<NullToUndefined<T>>;
}
