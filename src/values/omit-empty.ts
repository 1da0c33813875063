import { type OmitUndefined, omitUndefined } from './omit-undefined.ts';

type NullToUndefined<T> = { [K in keyof T]: null extends T[K] ? Exclude<T[K], null> | undefined : T[K] };

/** A copy without empty fields. In answers of servers, null, an empty text and an absent field mean the same. */
export function omitEmpty<T extends object>(fields: T): OmitUndefined<NullToUndefined<T>> {
  const told = Object.entries(fields).map(([name, value]) => [name, value === '' ? undefined : (value ?? undefined)]);
  return omitUndefined(Object.fromEntries(told)) as OmitUndefined<NullToUndefined<T>>;
}
