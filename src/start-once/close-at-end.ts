import { internalsOf } from '../operation/internals.ts';
import type { OperationStatus, TerminalStatus } from '../operation/status.ts';
import type { AnyOperation } from './start-client.ts';

/**
 * Calls `close` with the first terminal status that a poll of the operation finds, before the poll answers. The
 * operation stays itself: its members, its type and the loop that it shares with other waits.
 */
export function closeAtEnd<Op extends AnyOperation>(
  operation: Op,
  close: (status: TerminalStatus<unknown>) => Promise<void>,
): Op {
  let closing: Promise<void> | undefined;
  const seen = async <S extends OperationStatus<unknown>>(status: S): Promise<S> => {
    if (status.state !== 'running') {
      closing ??= close(status as TerminalStatus<unknown>).catch(() => {
        closing = undefined;
      });
      await closing;
    }
    return status;
  };
  const internals = internalsOf(operation);
  if (!internals) return withPoll(operation, async (options) => seen(await operation.poll(options)));
  const poll = internals.poll.bind(internals);
  internals.poll = async (options) => seen(await poll(options));
  // A wait may learn the end from the shared loop of another operation with the same id.
  let ended = internals.ended;
  Object.defineProperty(internals, 'ended', {
    configurable: true,
    get: () => ended,
    set: (status: TerminalStatus<unknown> | undefined) => {
      ended = status;
      if (status) void seen(status);
    },
  });
  return operation;
}

/** An operation that is known to have ended, and answers so without a request. */
export function endedWith<Op extends AnyOperation>(operation: Op, status: TerminalStatus<unknown>): Op {
  const internals = internalsOf(operation);
  if (!internals) return withPoll(operation, async () => status);
  internals.poll = async () => status;
  internals.ended = status;
  return operation;
}

/** An operation that this package did not make, with another `poll`. */
function withPoll<Op extends AnyOperation>(operation: Op, poll: Op['poll']): Op {
  return new Proxy(operation, {
    get(target, name) {
      if (name === 'poll') return poll;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
