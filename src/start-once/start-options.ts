import type { Clock } from '../clock/clock.ts';
import type { StoreError } from '../errors/store-error.ts';
import type { RestoreStore } from './restore-store.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import type { InputContext, StartInput } from './start-input.ts';
import type { StartTargetInput } from './start-target.ts';

/** What `start` is given beside the input. */
export interface StartContext extends InputContext {
  /**
   * Pass it on to the start call: an abort before the request has left is then known to have started nothing. Absent
   * where `startOnce` was given none.
   */
  readonly signal?: AbortSignal;
}

export interface StartOnceOptions<Op extends AnyOperation, Input = undefined> {
  /** Names this one restore for ever: a change number, the id of a run. The same key always means the same restore. */
  readonly key: string;
  readonly store: RestoreStore;
  readonly client: StartOnceClient<Op>;
  /** What is overwritten; a text is the `instance`. */
  readonly target: StartTargetInput | string;
  /**
   * What is restored: JSON without secrets, up to 16,000 characters.
   * - As a value its fingerprint is recorded. Another value under the same key is a `KeyMismatchError`.
   * - As a function it runs once, before the request leaves. What it answers is recorded, and a rerun uses the recorded
   *   value: "the latest backup" of the first run, although a newer one exists now.
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
   * Makes the one start call and nothing else: an error of anything else that it did after the call would leave the start
   * in doubt.
   */
  readonly start: (input: Input, context: StartContext) => Promise<Op>;
  /** Your own remark; recorded, and given to `start`. No secret. */
  readonly note?: string | undefined;
  /** Starts although the target has an unfinished restore. @default `client.overwritesNothing`, else false */
  readonly allowConcurrent?: boolean | undefined;
  /**
   * How long a second process waits for the handle while a first one may be making the start, in milliseconds from the
   * recorded intent. @default 10 s
   */
  readonly starterPatienceMs?: number | undefined;
  /** How long one call of the store may take, in milliseconds. It also bounds what is written after the start. @default 10 s */
  readonly storeTimeoutMs?: number | undefined;
  /** Ends the preparation, the waiting and the reconciling; given to `start` by its context. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Told when the store fails at a moment when there is something more important to tell: a handle, an end, a refusal.
   * The error holds the `handle`, where there is one: keep it.
   */
  readonly onStoreError?: ((error: StoreError) => void) | undefined;
  /** @default the system's clock */
  readonly clock?: Clock | undefined;
}
