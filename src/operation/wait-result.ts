import type { EndedWait } from '../errors/wait-facts.ts';
import type { OperationHandle } from './operation.ts';
import type { Step } from './status.ts';

/** The result of a wait that succeeded, with what it measured. */
export interface WaitResult<Result> extends EndedWait {
  /** It is 'partial' only with `accept: 'partial'`. */
  readonly state: 'succeeded' | 'partial';
  readonly result: Result;
  readonly message?: string;
  /** The operation's handle, for your records. */
  readonly handle: OperationHandle;
}

/** The result of a wait with `until: 'ready'`: the operation is running and can be used. */
export interface ReadyResult extends EndedWait {
  readonly state: 'running';
  readonly percent?: number;
  readonly steps: readonly Step[];
  readonly message?: string;
  readonly handle: OperationHandle;
}
