import type { VendorError } from '../errors/api-error.ts';

export interface ParsedErrorBody {
  readonly errors: readonly VendorError[];
  /** Stack traces and the like, which servers do send (DS-20). */
  readonly serverTrace?: string;
}

/** Errors are read by people. */
const MOST_ERRORS = 50;

type Fields = Readonly<Record<string, unknown>>;

/**
 * The errors of a body of any shape that the five vendors, their token endpoints and their proxies are known to send;
 * none where it is empty or no JSON. Never throws.
 */
export function parseErrorBody(body: unknown): ParsedErrorBody {
  if (!isFields(body)) return { errors: [] };
  if (Array.isArray(body.errors)) {
    return { errors: body.errors.filter(isFields).slice(0, MOST_ERRORS).map(toVendorError) };
  }
  // DocSpace wraps a refused model in its success envelope (DS-19).
  if (isFields(body.response)) return problem(body.response);
  if (isFields(body.error)) {
    const { message, type, stack } = body.error;
    const trace = typeof stack === 'string' && stack !== '' ? { serverTrace: stack } : {};
    return { errors: [vendorError(textOf(message) ?? textOf(type) ?? 'no reason given', {})], ...trace };
  }
  if (isFields(body.errors)) return problem(body);
  const trace = textOf(body.stackTrace);
  const only = toVendorError(body);
  return { errors: only.message === '' ? [] : [only], ...(trace ? { serverTrace: trace } : {}) };
}

/** RFC 9457, with the list of invalid fields that ASP.NET adds. */
function problem(body: Fields): ParsedErrorBody {
  const title = textOf(body.title);
  const fields = isFields(body.errors) ? Object.entries(body.errors) : [];
  const errors = fields
    .slice(0, MOST_ERRORS)
    .flatMap(([field, messages]) =>
      (Array.isArray(messages) ? messages : [messages]).map((message) =>
        vendorError(`${field}: ${String(message)}`, { title }),
      ),
    );
  if (errors.length > 0) return { errors };
  const text = textOf(body.detail) ?? title;
  return { errors: text ? [vendorError(text, { title })] : [] };
}

function toVendorError(body: Fields): VendorError {
  const message =
    textOf(body.error_description) ??
    textOf(body.detail) ??
    textOf(body.details) ??
    textOf(body.message) ??
    textOf(body.localizedMessage) ??
    textOf(body.title) ??
    textOf(body.descriptiveStatus) ??
    textOf(body.error) ??
    '';
  const title = textOf(body.title) ?? (textOf(body.error_description) ? textOf(body.error) : undefined);
  return vendorError(message, { title, code: body.errorCode ?? body.code });
}

function vendorError(message: string, more: { title?: string | undefined; code?: unknown }): VendorError {
  const { title, code } = more;
  return {
    message,
    ...(title === undefined || title === message ? {} : { title }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
