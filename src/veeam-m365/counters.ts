import { isObject, textOf } from '../protocols/poll-response.ts';

/** Numbers may come as text; whatever else is no count (VM-14). */
export function toCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : undefined;
}

/** Texts of a list of errors or warnings, whatever form each has. */
export function toTexts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    if (typeof each === 'string') return textOf(each) ?? [];
    return (isObject(each) ? textOf(each.message) : undefined) ?? JSON.stringify(each) ?? [];
  });
}
