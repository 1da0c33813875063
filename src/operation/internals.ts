import type { Clock } from '../clock/clock.ts';
import type { Cadence } from './cadence.ts';
import type { OperationEvent } from './events.ts';
import type { Lane } from './lane.ts';
import type { LookVerdict } from './look-verdict.ts';
import type { Operation } from './operation.ts';
import type { OperationStatus, RunningStatus, TerminalStatus } from './status.ts';

/** What a wait needs of an operation beyond its public face. */
export interface OperationInternals<Result> {
  /** One look; `pollAfterMs` only where the vendor told one. */
  look(options: { readonly signal?: AbortSignal }): Promise<OperationStatus<Result>>;
  verdict(error: unknown): LookVerdict;
  readonly isReady?: ((status: RunningStatus) => boolean) | undefined;
  readonly clock?: Clock | undefined;
  readonly cadence?: Cadence | undefined;
  readonly timeoutMs?: number | undefined;
  readonly outageToleranceMs?: number | undefined;
  /** What the answer of the start asked for, in milliseconds from the start. */
  readonly pollAfterMs?: number | undefined;
  readonly lane?: Lane | undefined;
  readonly onEvent?: ((event: OperationEvent) => void) | undefined;
  readonly note?: string | undefined;
  /** Said when our deadline passes: what this kind's human should know. */
  readonly timeoutAdvice?: string | undefined;
  /** The end, once it was seen: waiting again needs no request. */
  ended: TerminalStatus<Result> | undefined;
  /** The `PollLoop` of the waits that are going on, where no lane keeps it. */
  loop: object | undefined;
}

/** A registered symbol, so that an operation made by the CommonJS copy can be waited for by the ESM copy. */
export const INTERNALS: unique symbol = Symbol.for('restorekit.operation');

/** The internals of an operation; a foreign object of the same shape has none. */
export function internalsOf<Result>(operation: Operation<Result>): OperationInternals<Result> | undefined {
  return (operation as { readonly [INTERNALS]?: OperationInternals<Result> })[INTERNALS];
}
