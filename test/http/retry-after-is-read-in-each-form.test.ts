import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { retryAfterMs } from '../../src/clock/retry-after.ts';
import { RateLimitError } from '../../src/errors/rate-limit-error.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { clientOf, JOB } from './cloud-foundry-client.ts';

const NOW = Date.UTC(2026, 3, 23, 8, 0, 0);
const limited = (headers: Record<string, string>) => new Response('', { status: 429, headers });
const told = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), NOW);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['30', 30_000],
    [' 30 ', 30_000],
    ['3600', 3_600_000],
    ['Thu, 23 Apr 2026 08:01:00 GMT', 60_000],
    ['Thursday, 23-Apr-26 08:01:00 GMT', 60_000],
    ['Thu Apr 23 08:01:00 2026', 60_000],
    ['Thu, 23 Apr 2020 08:01:00 GMT', 0],
  ])('%s is %i ms', (value, expected) => {
    expect(told({ 'retry-after': value })).toBe(expected);
  });

  it.each(['', ' ', '-5', 'soon', 'soon 5', 'foo 9999', '1e3', '0x10', '5,5', '5 minutes', 'NaN', 'Infinity', '{}'])(
    '%j says nothing',
    (value) => {
      expect(told({ 'retry-after': value })).toBeUndefined();
    },
  );

  it('as a date counts from the server’s own clock', () => {
    expect(told({ 'retry-after': 'Thu, 23 Apr 2026 20:01:00 GMT', date: 'Thu, 23 Apr 2026 20:00:00 GMT' })).toBe(
      60_000,
    );
  });

  it.each(['99999999999999999999', '9'.repeat(400), 'Fri, 31 Dec 9999 23:59:59 GMT'])(
    '%s is no more than a timer holds',
    (value) => {
      expect(told({ 'retry-after': value })).toBe(2 ** 31 - 1);
    },
  );

  it('as a date in the oldest form means the same wherever this runs', () => {
    vi.stubEnv('TZ', 'America/Los_Angeles');
    expect(told({ 'retry-after': 'Thu Apr 23 08:01:00 2026' })).toBe(60_000);
    expect(told({ 'retry-after': 'Thu Apr  2 20:01:00 2026', date: 'Thu Apr  2 20:00:00 2026' })).toBe(60_000);
  });

  it('never makes a wait negative or NaN', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 -+.,:eEGMTWThuApr') }), (value) => {
        const ms = told({ 'retry-after': value });
        expect(ms === undefined || ms >= 0).toBe(true);
      }),
    );
  });
});

describe('a read that is refused by a limit', () => {
  it('comes again when it was told to, not before', async () => {
    const clock = virtualClock(NOW);
    const server = scriptedServer((_, index) => (index === 0 ? limited({ 'retry-after': '20' }) : Response.json(JOB)));
    await clientOf({ clock, fetch: server.fetch }).read();
    expect(clock.now() - NOW).toBeGreaterThanOrEqual(20_000);
    expect(server.received).toHaveLength(2);
  });

  it.each([
    ['an hour', { 'retry-after': '3600' }, 3_600_000],
    ['a day', { 'retry-after': '86400' }, 86_400_000],
    ['an hour by X-RateLimit-Reset', { 'x-ratelimit-reset': String(NOW / 1000 + 3600) }, 3_600_000],
  ])('does not come back early where it is told to wait for %s: the caller is told', async (_, headers, retryAfter) => {
    const clock = virtualClock(NOW);
    const server = scriptedServer(() => limited(headers));
    const error = await rejection(clientOf({ clock, fetch: server.fetch }).read());
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfterMs: retryAfter });
    expect(server.received).toHaveLength(1);
  });

  it('pauses by its own measure where the advice makes no sense', async () => {
    const clock = virtualClock(NOW);
    const server = scriptedServer((_, index) =>
      index === 0 ? limited({ 'retry-after': '-99999' }) : Response.json(JOB),
    );
    await clientOf({ clock, fetch: server.fetch }).read();
    expect(clock.now() - NOW).toBeGreaterThan(0);
    expect(clock.now() - NOW).toBeLessThan(10_000);
  });
});
