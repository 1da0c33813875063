import type { TerminalStatus } from './status.ts';
import type { WaitState } from './wait-state.ts';

/** How a wait ends. The details of an error are in the state. */
export type Ending<Result> =
  | { readonly type: 'ended'; readonly status: TerminalStatus<Result> }
  | { readonly type: 'ready' | 'timeout' | 'unreachable' | 'gone' | 'access-lost' }
  /**
   * The error of the poll decides: the operation ended without a verdict, `poll` returned no status, or the handle is
   * wrong.
   */
  | { readonly type: 'no-verdict' | 'no-status' | 'wrong-handle' };

export interface Decision<Result> {
  readonly state: WaitState<Result>;
  /** undefined if the wait goes on. The state holds the time of the next poll. */
  readonly ending?: Ending<Result> | undefined;
  /** Whether to report to the caller that the operation cannot be polled. */
  readonly tellsUnreachable?: boolean;
}
