import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { onOperationEnd, setOperationEnd } from '../operation/on-operation-end.ts';
import type { OperationStatus, TerminalStatus } from '../operation/status.ts';
import type { AnyOperation } from './start-client.ts';

/** An end as a poll finds it; 'without-verdict' where the vendor tells that it is over, and not how. */
export type SeenEnd = TerminalStatus<unknown> | 'without-verdict';

/** The vendor tells that the operation is over, and not how. */
export function isWithoutVerdict(error: unknown): boolean {
  return OutcomeUnknownError.isInstance(error) && error.reason === 'ended-without-verdict';
}

/**
 * Calls `close` with the end that a poll of the operation finds, before the poll answers. `close` decides how long that
 * may take, and never rejects; it answers whether the end was written, else the next poll tries again. The operation stays
 * itself: its members, its type and the loop that it shares with other waits.
 */
export function closeAtEnd<Op extends AnyOperation>(operation: Op, close: (end: SeenEnd) => Promise<boolean>): Op {
  const isKnown = onOperationEnd(operation, async ({ status = 'without-verdict' as const }) => {
    if (!(await close(status))) throw new Error('The end of the operation was not written; the next poll tries again.');
  });
  return isKnown ? operation : closeAtEndOfOther(operation, close);
}

/** The same for an operation that this package did not make. */
function closeAtEndOfOther<Op extends AnyOperation>(operation: Op, close: (end: SeenEnd) => Promise<boolean>): Op {
  let closing: Promise<boolean> | undefined;
  const closed = async (end: SeenEnd): Promise<void> => {
    closing ??= close(end);
    if (!(await closing)) closing = undefined;
  };
  const watched = async <S extends OperationStatus<unknown>>(polling: Promise<S>): Promise<S> => {
    try {
      const status = await polling;
      if (status.state !== 'running') await closed(status as TerminalStatus<unknown>);
      return status;
    } catch (error) {
      if (isWithoutVerdict(error)) await closed('without-verdict');
      throw error;
    }
  };
  return withPoll(operation, (options) => watched(operation.poll(options)));
}

/** An operation that is known to have ended, and answers so without a request. */
export function endedWith<Op extends AnyOperation>(operation: Op, status: TerminalStatus<unknown>): Op {
  return setOperationEnd(operation, status) ? operation : withPoll(operation, async () => status);
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
