import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { onOperationEnd, setOperationEnd } from '../operation/on-operation-end.ts';
import type { OperationStatus, TerminalStatus } from '../operation/status.ts';
import type { AnyOperation } from './start-client.ts';

/** An end that a poll found; 'without-verdict' if the vendor reports that the operation has ended, but not how. */
export type SeenEnd = TerminalStatus<unknown> | 'without-verdict';

/** Whether the vendor reports that the operation has ended, but not how. */
export function isWithoutVerdict(error: unknown): boolean {
  return OutcomeUnknownError.isInstance(error) && error.reason === 'ended-without-verdict';
}

/**
 * Calls `close` with the end that a poll of the operation finds, before the poll resolves. `close` limits its own time
 * and never rejects. It returns whether the end was written; if not, the next poll tries again. The operation object
 * stays the same, and so do its type and the loop that it shares with other waits.
 */
export function closeAtEnd<Op extends AnyOperation>(operation: Op, close: (end: SeenEnd) => Promise<boolean>): Op {
  const isKnown = onOperationEnd(operation, async ({ status = 'without-verdict' as const }) => {
    if (!(await close(status))) throw new Error('The end of the operation was not written; the next poll tries again.');
  });
  return isKnown ? operation : closeAtEndOfOther(operation, close);
}

/** Like `closeAtEnd`, for an operation that `defineOperation` did not make. */
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

/** Makes an operation that is known to have ended. It returns its end without a request. */
export function endedWith<Op extends AnyOperation>(operation: Op, status: TerminalStatus<unknown>): Op {
  return setOperationEnd(operation, status) ? operation : withPoll(operation, async () => status);
}

/** Replaces `poll` of an operation that `defineOperation` did not make. */
function withPoll<Op extends AnyOperation>(operation: Op, poll: Op['poll']): Op {
  return new Proxy(operation, {
    get(target, name) {
      if (name === 'poll') return poll;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
