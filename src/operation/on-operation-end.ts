import type { Operation } from './operation.ts';
import type { OperationEnd } from './operation-definition.ts';
import { ownSource } from './operation-source.ts';
import type { TerminalStatus } from './status.ts';

/**
 * Calls `handler` with the end of the operation, as `onEnded` of its definition is. Answers false where `defineOperation`
 * did not make the operation: then nothing was done.
 */
export function onOperationEnd<Result>(
  operation: Operation<Result>,
  handler: (end: OperationEnd<Result>) => unknown,
): boolean {
  const source = ownSource(operation);
  source?.addOnEnded(handler);
  return source !== undefined;
}

/** Lets the operation answer an end that is known already, without a request. Answers false as `onOperationEnd` does. */
export function setOperationEnd<Result>(operation: Operation<Result>, status: TerminalStatus<Result>): boolean {
  const source = ownSource(operation);
  if (source) {
    source.ended = status;
    source.definition = { ...source.definition, poll: () => ({ ...status, raw: status.raw }) };
  }
  return source !== undefined;
}
