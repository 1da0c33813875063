import { jsonAnswer } from '../answer.ts';
import type { Foundation } from './foundation.ts';
import type { CloudFoundryRateLimit } from './scenario.ts';

const HOUR_MS = 3_600_000;

const LIMITS = {
  user: { code: 10013, title: 'CF-RateLimitExceeded', detail: 'Rate Limit Exceeded' },
  address: { code: 10014, title: 'CF-IPBasedRateLimitExceeded', detail: 'Rate Limit Exceeded for this address' },
  broker: { code: 10016, title: 'CF-ServiceBrokerRateLimitExceeded', detail: 'Service broker concurrent rate limit' },
} as const;

/** The refusal of the limiter, with the time at which its count starts again. */
export function rateLimited(
  { clock, scenario }: Foundation,
  until: number,
  { tell = 'retry-after-seconds', limiter = 'user' }: Pick<CloudFoundryRateLimit, 'tell' | 'limiter'>,
): Response {
  const serverUntil = Math.ceil((until + (scenario.clockSkewMs ?? 0)) / 1000);
  const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' };
  if (tell === 'retry-after-seconds') headers['retry-after'] = String(Math.ceil((until - clock.now()) / 1000));
  if (tell === 'retry-after-date') headers['retry-after'] = new Date(serverUntil * 1000).toUTCString();
  if (tell !== 'nothing' && limiter !== 'broker') {
    headers['x-ratelimit-limit'] = '2000';
    headers['x-ratelimit-remaining'] = '0';
    headers['x-ratelimit-reset'] = String(serverUntil);
  }
  // The body is JSON, but the content type says text (CF-17).
  return jsonAnswer({ errors: [LIMITS[limiter]] }, { status: 429, headers });
}

/**
 * The answer of an old Cloud Controller to an expired token: the caller counts as anonymous, and that limit is
 * exceeded.
 */
export function rateLimitedAsAnonymous(foundation: Foundation): Response {
  return rateLimited(foundation, foundation.clock.now() + HOUR_MS, { limiter: 'address' });
}
