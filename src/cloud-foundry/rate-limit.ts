/**
 * Milliseconds until `X-RateLimit-Reset`, if that is a time in epoch seconds, by the server's clock.
 * @see https://docs.cloudfoundry.org/running/rate-limit-cloud-controller-api.html
 */
export function rateLimitResetMs(headers: Headers, now: number): number | undefined {
  const value = headers.get('x-ratelimit-reset')?.trim();
  if (!value || !/^\d{9,11}$/.test(value)) return undefined;
  const date = Date.parse(headers.get('date') ?? '');
  return Math.max(0, Number(value) * 1_000 - (Number.isNaN(date) ? now : date));
}
