/** `T` with optional fields instead of fields that may be undefined. */
export type OmitUndefined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy without undefined fields. With `exactOptionalPropertyTypes`, undefined and absent fields differ. */
export function omitUndefined<T extends object>(fields: T): OmitUndefined<T> {
  const present: Partial<T> = {};
  // Every poll calls this, and Object.entries would take four times as long.
  for (const name in fields) {
    if (fields[name] !== undefined && Object.hasOwn(fields, name)) present[name] = fields[name];
  }
  return present as object as OmitUndefined<T>;
}
