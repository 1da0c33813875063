import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalAbove0, optionalFunctions, requireText } from '../errors/require.ts';
import { checkClock } from './check-clock.ts';
import type { OperationDefinition } from './operation-definition.ts';

/** All fields of a definition. If one is missing here, the compiler reports it. */
const FIELDS: Readonly<Record<keyof OperationDefinition<unknown>, true>> = {
  kind: true,
  id: true,
  baseUrl: true,
  startedAt: true,
  poll: true,
  note: true,
  handle: true,
  outage: true,
  isReady: true,
  onEnded: true,
  timeoutMs: true,
  outageToleranceMs: true,
  cadence: true,
  clock: true,
  pollAfterMs: true,
  shared: true,
  onEvent: true,
  timeoutAdvice: true,
};

/** @throws {ConfigurationError} names the field that is wrong */
export function checkDefinition<Result>(definition: OperationDefinition<Result>): void {
  if (typeof definition !== 'object' || definition === null) {
    throw new ConfigurationError('definition', 'must be an object with kind, id, startedAt and poll.');
  }
  refuseUnknown(definition, Object.keys(FIELDS));
  requireText('kind', definition.kind);
  requireText('id', definition.id);
  if (typeof definition.poll !== 'function') {
    throw new ConfigurationError('poll', 'must be a function that returns a status.');
  }
  for (const field of ['baseUrl', 'note', 'timeoutAdvice'] as const) {
    const value: unknown = definition[field];
    if (value !== undefined && typeof value !== 'string') throw new ConfigurationError(field, 'must be a text.');
  }
  optionalFunctions(definition, 'outage', 'isReady', 'onEnded', 'cadence', 'onEvent');
  optionalAbove0('timeoutMs', definition.timeoutMs);
  optionalAbove0('outageToleranceMs', definition.outageToleranceMs);
  checkClock(definition.clock);
  const { handle, shared } = definition;
  if (handle !== undefined && (typeof handle !== 'object' || handle === null || Array.isArray(handle))) {
    throw new ConfigurationError('handle', 'must be an object with additional fields of the JSON handle.');
  }
  if (shared !== undefined && typeof shared?.breaker?.admit !== 'function') {
    throw new ConfigurationError('shared', 'must be made by new SharedPolling().');
  }
}
