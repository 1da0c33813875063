import { LONGEST_TIMER_MS } from './system-clock.ts';

interface HeaderBag {
  get(name: string): string | null;
}

// Date.parse would read 'foo 9999' as a year.
const HTTP_DATE = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d\d:\d\d:\d\d/i;

/**
 * The pause of `Retry-After` in milliseconds, limited to what a timer can hold; undefined if the header is absent or
 * not valid. A date is compared with the `Date` header of the same answer, so that a wrong clock on either side does
 * not matter (RFC 9110, 10.2.3).
 */
export function retryAfterMs(headers: HeaderBag, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return inTimer(Number(value) * 1_000);
  const until = HTTP_DATE.test(value) ? parseDate(value) : Number.NaN;
  return Number.isNaN(until) ? undefined : inTimer(until - serverNow(headers, now));
}

/** The oldest form, `Thu Apr 23 08:01:00 2026`, means GMT too, but Date.parse would read it as local time. */
function parseDate(value: string): number {
  return Date.parse(/ \d{4}$/.test(value) ? `${value} GMT` : value);
}

function serverNow(headers: HeaderBag, now: number): number {
  const date = parseDate(headers.get('date') ?? '');
  return Number.isNaN(date) ? now : date;
}

/** A longer delay makes `setTimeout` fire at once. */
function inTimer(ms: number): number {
  return Math.min(Math.max(0, ms), LONGEST_TIMER_MS);
}
