import type { Clock } from '../clock/clock.ts';
import type { StoreError } from '../errors/store-error.ts';
import type { RestoreStore } from './restore-store.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import type { InputContext, StartInput } from './start-input.ts';
import type { StartTargetInput } from './start-target.ts';

/** The second argument of `start`. */
export interface StartContext extends InputContext {
  /**
   * Pass it on to the start call. Then it is known that an abort before the request was sent has started nothing. Absent
   * if `startOnce` got no signal.
   */
  readonly signal?: AbortSignal;
}

export interface StartOnceOptions<Op extends AnyOperation, Input = undefined> {
  /**
   * Identifies one restore for ever, such as a change number or the id of a run. The same key always means the same
   * restore.
   */
  readonly key: string;
  readonly store: RestoreStore;
  /** The client that `start` calls. A rerun resumes the operation with it, as the type that `start` returns. */
  readonly client: StartOnceClient<AnyOperation>;
  /** What the restore overwrites. A text is the `instance`. */
  readonly target: StartTargetInput | string;
  /**
   * What is restored: JSON without secrets, up to 16,000 characters.
   * - If it is a value, its fingerprint is recorded. Another value with the same key is a `KeyMismatchError`.
   * - If it is a function, it runs once, before the request is sent. Its result is recorded, and a rerun uses the
   *   recorded result. So "the latest backup" is that of the first run, even if a newer one exists now.
   *
   * @example
   * await startOnce({
   *   key: 'CHANGE-4711', store, client, target,
   *   input: async () => ({ into: target, from: (await client.backups.latest(target)).id }),
   *   start: (input, { signal }) => client.instances.restore(input, { signal }),
   * });
   */
  readonly input?: StartInput<Input> | undefined;
  /**
   * Makes the start call and does nothing else. If it did something else after the call and that failed, the start
   * would be unknown.
   */
  readonly start: (input: Input, context: StartContext) => Promise<Op>;
  /** Your own remark. It is recorded and passed to `start`. No secret. */
  readonly note?: string | undefined;
  /**
   * Starts even if the target has an unfinished restore. @default what `client.overwritesNothing` says of the target,
   * otherwise false
   */
  readonly allowConcurrent?: boolean | undefined;
  /**
   * How long a second process waits for the handle while another process may be making the start call, in milliseconds
   * since the intent was recorded. @default 10 s
   */
  readonly starterPatienceMs?: number | undefined;
  /**
   * How long one call of the store may take, in milliseconds. The writes after the start together have the same limit.
   * @default 10 s
   */
  readonly storeTimeoutMs?: number | undefined;
  /** Aborts the preparation, the waiting and the reconciliation. `start` gets a signal that aborts with it. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Called if the store fails but the call has a more important result: a handle, an end or a refusal. If the error has
   * a `handle`, keep it.
   */
  readonly onStoreError?: ((error: StoreError) => void) | undefined;
  /** @default the system clock */
  readonly clock?: Clock | undefined;
}
