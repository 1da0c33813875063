const DAY_MS = 86_400_000;

// .NET counts in ticks of 100 ns and prints seven digits; these stand for what a millisecond clock cannot see.
const TICKS = '6928';

/** What v6 says for a time that has not come: `DateTime.MaxValue`. */
export const endOfTime = '9999-12-31T23:59:59.9999999Z';

/** `2022-01-21T22:53:13.9686928Z`, or with an offset such as `+03:00`. */
export function veeamTime(ms: number, offsetMinutes = 0): string {
  const text = new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, -1) + TICKS;
  if (offsetMinutes === 0) return `${text}Z`;
  const size = Math.abs(offsetMinutes);
  return `${text}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** A .NET TimeSpan: `00:00:00.0446928`, `1.02:03:04.0446928`; without a fraction when there is none. */
export function veeamDuration(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  const rest = Math.floor(ms % 1000);
  return `${days > 0 ? `${days}.` : ''}${clock}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}${TICKS}`}`;
}

/** Text for people, as in the name of a session: `1/22/2022 2:56:55 PM`. */
export function displayTime(ms: number): string {
  const date = new Date(ms);
  const hour = date.getUTCHours();
  const clock = `${hour % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  return `${day} ${clock} ${hour < 12 ? 'AM' : 'PM'}`;
}

const FORMAT = /^(\d{4})([-.])(\d\d)\2(\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)?$/;

/**
 * Reads ISO 8601 and the documented `yyyy-MM-dd HH:mm:ss.SSS` and `yyyy.MM.dd hh:mm:ss`. What has no zone is taken
 * for the server's local time (VM-8).
 */
export function parseVeeamTime(text: string, serverOffsetMinutes: number): number | undefined {
  const match = FORMAT.exec(text);
  if (!match) return undefined;
  const [, year, , month, day, clock, fraction = '', zone] = match;
  const milliseconds = fraction.padEnd(3, '0').slice(0, 3);
  const ms = Date.parse(`${year}-${month}-${day}T${clock}.${milliseconds}${zone ?? 'Z'}`);
  if (Number.isNaN(ms)) return undefined;
  return zone === undefined ? ms - serverOffsetMinutes * 60_000 : ms;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
