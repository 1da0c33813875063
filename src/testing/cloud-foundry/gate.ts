import { type Answer, htmlAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import { isWithin, type Window } from '../faults.ts';
import type { Route } from '../route.ts';
import { faultAnswer, invalidToken, notAuthenticated, unknownRequest } from './errors.ts';
import type { Foundation } from './foundation.ts';
import { rateLimited, rateLimitedAsAnonymous } from './rate-limit.ts';
import type { CloudFoundryAnswerFault } from './scenario.ts';
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
export class Gate {
  readonly #met = new Map<CloudFoundryAnswerFault, number>();

  constructor(
    private readonly foundation: Foundation,
    private readonly uaa: Uaa,
  ) {}

  guard(call: GateCall): Answer | undefined {
    const { route, request } = call;
    const { uaaOrigin } = this.foundation.scenario;
    if (!route) return undefined;
    const isToken = route.role === 'token';
    if (uaaOrigin !== undefined && isToken !== (new URL(request.url).origin === uaaOrigin)) return unknownRequest();

    const fault = this.#faultFor(route, call.polls);
    if (isToken) return fault?.kind === 'uaa-down' ? htmlAnswer('503 Service Unavailable', 503) : undefined;
    if (isPublic(route)) return undefined;
    if (fault) return deviating(faultAnswer(fault.kind), `fault ${fault.kind}`);
    return this.#limit() ?? this.#authenticate(call);
  }

  #faultFor(route: Route, polls: number): CloudFoundryAnswerFault | undefined {
    return this.foundation.scenario.faults?.answers?.find((fault) => {
      const { at = 'poll', every = 1 } = fault;
      if ((at !== 'all' && at !== route.role) || !isOpen(fault, this.foundation, polls)) return false;
      const count = (this.#met.get(fault) ?? 0) + 1;
      this.#met.set(fault, count);
      return count % every === 0;
    });
  }

  #limit(): Response | undefined {
    const limit = this.foundation.scenario.faults?.rateLimit;
    const began = this.foundation.restores[0]?.startedAt;
    if (!limit || began === undefined || !isOpen(limit, this.foundation, 0)) return undefined;
    return rateLimited(this.foundation, began + limit.toMs, limit);
  }

  #authenticate({ request, route }: GateCall): Response | undefined {
    const [, token] = /^bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
    if (token === undefined) return notAuthenticated();
    if (this.uaa.admits(token, route?.role === 'poll')) return undefined;
    const isLimited = this.foundation.scenario.tokens?.refusal === 'rate-limited';
    return isLimited ? rateLimitedAsAnonymous(this.foundation) : invalidToken();
  }
}

/** The roots need no token and are not limited. */
function isPublic({ path }: Route): boolean {
  return path === '/' || path === '/v3';
}
