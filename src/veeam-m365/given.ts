/** The fields that the vendor told: null and absent are the same. */
export function given<T extends object>(fields: T): { readonly [K in keyof T]?: NonNullable<T[K]> } {
  const told = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return Object.fromEntries(told) as { [K in keyof T]?: NonNullable<T[K]> };
}
