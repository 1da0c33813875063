import { LONGEST_TIMER_MS } from './system-clock.ts';

interface HeaderBag {
  get(name: string): string | null;
}

// Date.parse would read a year out of 'foo 9999'.
const HTTP_DATE = /^(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d\d:\d\d:\d\d/i;

/**
 * What `Retry-After` asks for, in milliseconds, and never more than a timer holds; undefined where it is absent or makes no
 * sense. A date is compared with the answer's own `Date`, so that a skewed clock on either side does not matter (RFC 9110,
 * 10.2.3).
 */
export function retryAfterMs(headers: HeaderBag, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return inTimer(Number(value) * 1_000);
  const until = HTTP_DATE.test(value) ? parseDate(value) : Number.NaN;
  return Number.isNaN(until) ? undefined : inTimer(until - serverNow(headers, now));
}

/** The oldest form, `Thu Apr 23 08:01:00 2026`, means GMT as well, and would be read as local time. */
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
