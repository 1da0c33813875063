import type { Operation } from './operation.ts';
import type { OperationEnd } from './operation-definition.ts';
import { ownSource } from './operation-source.ts';
import type { TerminalStatus } from './status.ts';

/**
 * Calls `handler` with the end of the operation, like `onEnded` of its definition. Does nothing and returns false if
 * the operation was not made by `defineOperation`.
 */
export function onOperationEnd<Result>(
  operation: Operation<Result>,
  handler: (end: OperationEnd<Result>) => unknown,
): boolean {
  const source = ownSource(operation);
  source?.addOnEnded(handler);
  return source !== undefined;
}

/** Sets the end of the operation, so that polls return it without a request. Returns false like `onOperationEnd`. */
export function setOperationEnd<Result>(operation: Operation<Result>, status: TerminalStatus<Result>): boolean {
  const source = ownSource(operation);
  if (source) {
    source.ended = status;
    source.definition = { ...source.definition, poll: () => ({ ...status, raw: status.raw }) };
  }
  return source !== undefined;
}
