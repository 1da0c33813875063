import type { TerminalStatus } from './status.ts';
import type { WaitState } from './wait-state.ts';

/** How a wait ends. What the error tells is in the state. */
export type Ending<Result> =
  | { readonly type: 'ended'; readonly status: TerminalStatus<Result> }
  | { readonly type: 'ready' | 'timeout' | 'unreachable' | 'gone' | 'access-lost' }
  /** The poll's own error decides: no verdict, no status, or a handle of something else. */
  | { readonly type: 'no-verdict' | 'no-status' | 'wrong-handle' };

export interface Decision<Result> {
  readonly state: WaitState<Result>;
  /** undefined where the wait goes on, with the next poll as the state says. */
  readonly ending?: Ending<Result> | undefined;
  /** The caller is to be told that the operation cannot be seen. */
  readonly tellsUnreachable?: boolean;
}
