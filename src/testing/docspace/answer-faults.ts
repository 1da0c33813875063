import { deviating } from '../deviation.ts';
import { isWithin } from '../faults.ts';
import type { Route } from '../route.ts';
import { errorAnswer } from './error-shapes.ts';
import type { Portal } from './portal.ts';

/** Applies `faults.answers` of the scenario before the route. */
export function withAnswerFaults(route: Route, portal: Portal): Route {
  const { answers = [] } = portal.scenario.faults ?? {};
  const faults = (Array.isArray(answers) ? answers : [answers]).filter((fault) => (fault.on ?? 'poll') === route.role);
  if (faults.length === 0) return route;
  return {
    ...route,
    handle: (call) => {
      const elapsedMs = portal.clock.now() - (portal.restores[0]?.startedAt ?? portal.clock.now());
      const fault = faults.find((candidate) => isWithin(candidate, { elapsedMs, polls: call.polls }));
      if (!fault) return route.handle(call);
      return deviating(errorAnswer(fault.shape, call.request, fault.retryAfterSeconds), `fault ${fault.shape}`);
    },
  };
}
