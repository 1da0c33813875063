import { ConfigurationError } from '../errors/configuration-error.ts';
import type { Operation } from './operation.ts';
import { OperationSource, ownSource } from './operation-source.ts';

/**
 * Sources of operations that were not made by `defineOperation`, so that several waits for one of them share their
 * source.
 */
const adapted = new WeakMap<object, object>();

/**
 * The source of any operation. An operation that was not made by `defineOperation` is adapted here once, so that other
 * code need not distinguish the two.
 * @throws {ConfigurationError} the value is no operation
 */
export function sourceOf<Result>(operation: Operation<Result>): OperationSource<Result> {
  checkOperation(operation);
  const own = ownSource(operation);
  if (own) return own;
  const { kind, id, startedAt } = operation;
  const known = adapted.get(operation) as OperationSource<Result> | undefined;
  const source =
    known ?? new OperationSource<Result>({ kind, id, startedAt, poll: async (options) => operation.poll(options) });
  adapted.set(operation, source);
  return source;
}

function checkOperation(operation: unknown): void {
  const fail = (advice: string): never => {
    throw new ConfigurationError('operation', advice);
  };
  if (typeof operation === 'string')
    fail('is a text. Make an operation of a saved handle first: client.resume(handle).');
  if (typeof operation !== 'object' || operation === null) fail(`must be an operation; got ${String(operation)}.`);
  const { then, poll, toJSON, kind, id, startedAt, v } = operation as Record<string, unknown>;
  if (typeof then === 'function') {
    fail('is a Promise. Await the call that starts the restore, then pass its result.');
  }
  if (typeof poll !== 'function' && v !== undefined) {
    fail('is a handle. Make an operation of it first: client.resume(handle).');
  }
  const isOperation = [poll, toJSON].every((each) => typeof each === 'function');
  const isNamed = [kind, id].every((each) => typeof each === 'string');
  if (!isOperation || !isNamed || !(startedAt instanceof Date) || Number.isNaN(startedAt.getTime())) {
    fail('must have poll(), toJSON(), a text as `kind` and `id`, and a valid Date as `startedAt`.');
  }
}
