import type { Operation } from './operation.ts';
import type { OperationDefinition } from './operation-definition.ts';
import type { PollVerdict } from './poll-verdict.ts';
import type { OperationStatus, TerminalStatus } from './status.ts';

/** What a wait needs of an operation beyond its public face. */
export interface OperationInternals<Result> {
  readonly definition: OperationDefinition<Result>;
  /** One poll; `pollAfterMs` only where the vendor told one. */
  poll(options: { readonly signal?: AbortSignal }): Promise<OperationStatus<Result>>;
  verdict(error: unknown): PollVerdict;
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

/** What an operation was defined with; nothing of a foreign one. */
export function definitionOf<Result>(operation: Operation<Result>): Partial<OperationDefinition<Result>> {
  return internalsOf(operation)?.definition ?? {};
}
