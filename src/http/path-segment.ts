import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';

/** '.' and '..' would lead out of the path in any encoding. A lone surrogate cannot be percent-encoded. */
const SEGMENT = /^(?!\.{1,2}$)(?=[\s\S]*\S)\P{Cs}*$/u;

/** Whether an id can be used as one segment of a path. */
export function isSegment(value: unknown): value is string {
  return typeof value === 'string' && SEGMENT.test(value);
}

export function requireSegment(field: string, value: unknown): string {
  const text = typeof value === 'string' ? value : requireText(field, value);
  if (isSegment(text)) return text;
  throw new ConfigurationError(
    field,
    "must be a string that is not empty and can be used in a path: not '.', not '..', no broken Unicode.",
  );
}

export function optionalSegment(field: string, value: unknown): string | undefined {
  return value === undefined ? undefined : requireSegment(field, value);
}
