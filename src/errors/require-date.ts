import { ConfigurationError } from './configuration-error.ts';

const ISO_WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i;

/**
 * Reads a point in time that the caller passed: a Date, or an ISO 8601 text with a zone.
 * @throws {ConfigurationError} it is no date, or a text without a zone; its meaning would depend on the zone of the
 *   machine
 */
export function requireDate(field: string, value: unknown): Date {
  const text = typeof value === 'string' ? value.trim() : undefined;
  if (!(value instanceof Date) && (text === undefined || !ISO_WITH_ZONE.test(text))) {
    throw new ConfigurationError(
      field,
      'must be a Date or an ISO 8601 text with a zone, such as 2026-04-23T08:48:06Z.',
    );
  }
  const date = value instanceof Date ? value : new Date(text ?? Number.NaN);
  if (Number.isNaN(date.getTime()) || (text !== undefined && !isIsoTime(text))) {
    throw new ConfigurationError(field, 'is not a valid date.');
  }
  return date;
}

/**
 * Whether a text is an ISO 8601 time with a zone on a day that exists. `Date.parse` would turn February 30 into March
 * 2.
 */
export function isIsoTime(text: string): boolean {
  return ISO_WITH_ZONE.test(text) && isOnCalendar(text) && !Number.isNaN(Date.parse(text));
}

function isOnCalendar(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
