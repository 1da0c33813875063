import { CircuitBreaker } from './circuit-breaker.ts';

/**
 * What the operations of one client share: one circuit breaker, and one poll loop for each kind, id and clock, however many
 * wait for that operation.
 */
export class SharedPolling {
  /** @internal */
  readonly breaker: CircuitBreaker = new CircuitBreaker();
  /** @internal The `PollLoop` of each operation that is being waited for, by kind and id. */
  readonly loops: Map<string, object> = new Map();
}
