import { type Answer, htmlAnswer, jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import { isWithin, type Window } from '../faults.ts';
import type { Route } from '../route.ts';
import { faultAnswer, invalidToken, notAuthenticated, unknownRequest } from './errors.ts';
import type { Foundation } from './foundation.ts';
import type { CloudFoundryRateLimit } from './scenario.ts';
import type { Uaa } from './uaa.ts';

interface GateCall {
  readonly request: Request;
  readonly route: Route | undefined;
  readonly polls: number;
}

/** Whether a window is open; one without bounds always is, one with bounds counts from the first restore. */
export function isOpen(window: Window, foundation: Foundation, polls: number): boolean {
  const { fromMs, toMs, fromPoll, toPoll } = window;
  if ([fromMs, toMs, fromPoll, toPoll].every((bound) => bound === undefined)) return true;
  const began = foundation.restores[0]?.startedAt;
  return began !== undefined && isWithin(window, { elapsedMs: foundation.clock.now() - began, polls });
}

/** What stands before the routes: the faults of the scenario, and authentication. */
export function guard(call: GateCall, foundation: Foundation, uaa: Uaa): Answer | undefined {
  const { route, request, polls } = call;
  const { uaaOrigin, faults = {} } = foundation.scenario;
  if (!route) return undefined;
  const isToken = route.role === 'token';
  if (uaaOrigin !== undefined && isToken !== (new URL(request.url).origin === uaaOrigin)) return unknownRequest();

  const fault = faults.answers?.find((candidate) => {
    const at = candidate.at ?? 'poll';
    return (at === 'all' || at === route.role) && isOpen(candidate, foundation, polls);
  });
  if (isToken) return fault?.kind === 'uaa-down' ? htmlAnswer('503 Service Unavailable', 503) : undefined;
  if (isPublic(route)) return undefined;

  if (fault) return deviating(faultAnswer(fault.kind), `fault ${fault.kind}`);
  const limited = faults.rateLimit && answerRateLimit(faults.rateLimit, foundation);
  return limited ?? authenticate(call, uaa);
}

function authenticate({ request, route }: GateCall, uaa: Uaa): Response | undefined {
  const [, token] = /^bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (token === undefined) return notAuthenticated();
  return uaa.admits(token, route?.role === 'poll') ? undefined : invalidToken();
}

/** The roots need no token and are not limited. */
function isPublic({ path }: Route): boolean {
  return path === '/' || path === '/v3';
}

const LIMITS = {
  user: { code: 10013, title: 'CF-RateLimitExceeded', detail: 'Rate Limit Exceeded' },
  address: { code: 10014, title: 'CF-IPBasedRateLimitExceeded', detail: 'Rate Limit Exceeded for this address' },
  broker: { code: 10016, title: 'CF-ServiceBrokerRateLimitExceeded', detail: 'Service broker concurrent rate limit' },
} as const;

function answerRateLimit(limit: CloudFoundryRateLimit, foundation: Foundation): Response | undefined {
  const { tell = 'retry-after-seconds', limiter = 'user' } = limit;
  const began = foundation.restores[0]?.startedAt;
  if (began === undefined || !isOpen(limit, foundation, 0)) return undefined;
  const until = began + limit.toMs;
  const left = Math.ceil((until - foundation.clock.now()) / 1000);
  const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' };
  if (tell === 'retry-after-seconds') headers['retry-after'] = String(left);
  if (tell === 'retry-after-date') headers['retry-after'] = new Date(Math.ceil(until / 1000) * 1000).toUTCString();
  if (tell !== 'nothing' && limiter !== 'broker') {
    headers['x-ratelimit-limit'] = '2000';
    headers['x-ratelimit-remaining'] = '0';
    headers['x-ratelimit-reset'] = String(Math.ceil(until / 1000));
  }
  // JSON, and not called so (CF-17).
  return jsonAnswer({ errors: [LIMITS[limiter]] }, { status: 429, headers });
}
