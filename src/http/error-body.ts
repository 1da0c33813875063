import type { VendorError } from '../errors/api-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';

type Fields = Readonly<Record<string, unknown>>;

/** People read these errors, so more would not help. */
export const MOST_ERRORS = 50;

/**
 * Reads the errors of a body that is not in the API's own form: RFC 9457, or a single message, as gateways and
 * frameworks send it. Returns none if the body is empty or not JSON. Never throws.
 */
export function parseGenericErrorBody(body: unknown): readonly VendorError[] {
  if (!isFields(body)) return [];
  if (Array.isArray(body.errors)) {
    return body.errors.slice(0, MOST_ERRORS).flatMap((error) => parseSingle(error));
  }
  return parseSingle(body);
}

function parseSingle(body: unknown): readonly VendorError[] {
  if (!isFields(body)) return [];
  const nested = isFields(body.error) ? textOf(body.error.message) : textOf(body.error);
  const message = textOf(body.detail) ?? textOf(body.message) ?? textOf(body.error_description) ?? nested;
  const title = textOf(body.title) ?? (textOf(body.error_description) ? textOf(body.error) : undefined);
  const said = message ?? title;
  return said === undefined ? [] : [vendorError(said, { title, code: body.code })];
}

/** Reads an error of RFC 9457, with the list of invalid fields that ASP.NET adds. */
export function parseProblem(body: Fields): readonly VendorError[] {
  const title = textOf(body.title);
  const fields = isFields(body.errors) ? Object.entries(body.errors) : [];
  const errors = fields
    .slice(0, MOST_ERRORS)
    .flatMap(([field, messages]) =>
      (Array.isArray(messages) ? messages : [messages])
        .slice(0, MOST_ERRORS)
        .map((message) => vendorError(`${field}: ${String(message)}`, { title })),
    );
  if (errors.length > 0) return errors.slice(0, MOST_ERRORS);
  const text = textOf(body.detail) ?? title;
  return text === undefined ? [] : [vendorError(text, { title })];
}

export function vendorError(message: string, more: { title?: string | undefined; code?: unknown } = {}): VendorError {
  const { title, code } = more;
  return omitUndefined({
    message,
    title: title === message ? undefined : title,
    code: typeof code === 'string' || typeof code === 'number' ? String(code) : undefined,
  });
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
