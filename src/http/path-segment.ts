import { ConfigurationError } from '../errors/configuration-error.ts';

/** An id that may stand as one segment of a path. Dots would climb out of it, whatever their encoding. */
export function requireSegment(field: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new ConfigurationError(field, 'must be a string that is not empty.');
  }
  if (/^\.{1,2}$/.test(value)) throw new ConfigurationError(field, 'is not an id.');
  // A lone surrogate cannot be percent-encoded.
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value)) {
    throw new ConfigurationError(field, 'holds a character that cannot be sent.');
  }
  return value;
}
