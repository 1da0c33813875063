import type { EndedWait } from '../errors/wait-facts.ts';
import type { OperationHandle } from './operation.ts';
import type { Step } from './status.ts';

/** How a wait ended well, with what it measured. */
export interface WaitResult<Result> extends EndedWait {
  /** 'partial' only with `accept: 'partial'`. */
  readonly state: 'succeeded' | 'partial';
  readonly result: Result;
  readonly message?: string;
  /** The operation's handle, for the records. */
  readonly handle: OperationHandle;
}

/** What a wait with `until: 'ready'` resolves with: the operation goes on, and can be used. */
export interface ReadyResult extends EndedWait {
  readonly state: 'running';
  readonly percent?: number;
  readonly steps: readonly Step[];
  readonly message?: string;
  readonly handle: OperationHandle;
}
