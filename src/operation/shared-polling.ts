import { CircuitBreaker } from './circuit-breaker.ts';

/**
 * What the operations of one client share: one circuit breaker, and one poll loop per kind, id and clock for any number
 * of waits.
 */
export class SharedPolling {
  /** @internal */
  readonly breaker: CircuitBreaker = new CircuitBreaker();
  /** @internal The poll loops by kind and id. */
  readonly loops: Map<string, object> = new Map();
}
