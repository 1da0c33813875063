import type { VendorError } from '../errors/api-error.ts';
import { isFields, MOST_ERRORS, textOf } from '../http/error-body.ts';
import { omitUndefined } from '../values/omit-undefined.ts';

/** Reads the errors of a job one by one, so that a malformed one does not hide the others. */
export function toJobErrors(errors: unknown): readonly VendorError[] {
  if (!Array.isArray(errors)) return [];
  return errors.slice(0, MOST_ERRORS).flatMap((error) => toJobError(error) ?? []);
}

function toJobError(error: unknown): VendorError | undefined {
  const text = textOf(error);
  if (text !== undefined) return { message: text };
  if (!isFields(error)) return undefined;
  const title = textOf(error.title);
  const code = typeof error.code === 'number' ? String(error.code) : textOf(error.code);
  const message = textOf(error.detail) ?? title ?? (code === undefined ? undefined : `error ${code}`);
  if (message === undefined) return undefined;
  return omitUndefined({ message, title, code });
}
