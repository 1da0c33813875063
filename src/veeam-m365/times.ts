import { toDate } from '../client/dates.ts';

const TICKS = /\.(\d{3})(\d+)(?=Z|[+-]\d{2}:?\d{2}$)/i;

/**
 * The form that the API takes: ISO 8601 in UTC with Z; times without a zone are shifted by the server (VM-8). Digits
 * below the millisecond are kept, as the server's own times have seven, and a point in time that lies a little before
 * that of a backup shows the backup before it (VM-9).
 * @throws {ConfigurationError} no date, or a text without a zone
 */
export function toWireTime(field: string, value: unknown): string {
  const text = toDate(field, value).toISOString();
  const ticks = typeof value === 'string' ? TICKS.exec(value.trim())?.[2] : undefined;
  return ticks === undefined ? text : text.replace('Z', `${ticks.slice(0, 4)}Z`);
}

/** A time of an answer; undefined where it is absent, unreadable, or .NET's end of time in the year 9999 (VM-3). */
export function toOptionalDate(value: string | null | undefined): Date | undefined {
  const date = value ? new Date(value.trim().replace(TICKS, '.$1')) : undefined;
  return date && !Number.isNaN(date.getTime()) && date.getUTCFullYear() < 9999 ? date : undefined;
}

/**
 * The time of a backup, rounded up to the next millisecond: a session that is opened at it shows that backup, and not
 * the one before (VM-9, VM-29).
 */
export function toBackupTime(value: string | null | undefined): Date | undefined {
  const date = toOptionalDate(value);
  const ticks = Number(TICKS.exec(value?.trim() ?? '')?.[2] ?? 0);
  return date && ticks > 0 ? new Date(date.getTime() + 1) : date;
}

const TIME_SPAN = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?$/;

/** Milliseconds of a .NET TimeSpan such as `1.02:03:04.0446928` (VM-29); undefined where it is something else. */
export function toDurationMs(value: string | null | undefined): number | undefined {
  const match = TIME_SPAN.exec(value?.trim() ?? '');
  if (!match) return undefined;
  const [, days = '0', hours, minutes, seconds, fraction = ''] = match;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1_000 + Number(fraction.padEnd(3, '0').slice(0, 3));
}
