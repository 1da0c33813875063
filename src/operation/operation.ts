import type { OperationStatus } from './status.ts';

/**
 * An operation in a form that survives the process: plain JSON, no secret, no result. `client.resume(handle)` and
 * `resume(handle, clients)` go on from it.
 */
export interface OperationHandle {
  /** Version of this format. */
  readonly v: 1;
  /** `vendor/what-it-does`. */
  readonly kind: string;
  /** The vendor's id. */
  readonly id: string;
  /** Base URL of the system with the prefix of a gateway, where the operation has one. */
  readonly baseUrl?: string;
  /** Where its status is read, relative to the client's base URL. */
  readonly path?: string;
  /** ISO 8601, by the clock of the client that started it. */
  readonly startedAt: string;
  /** The caller's own remark: a ticket, a run id. */
  readonly note?: string;
  readonly [field: string]: unknown;
}

/** A handle as it may have been saved: the object, its JSON text, or its `rk1_` form. */
export type SavedHandle = OperationHandle | string;

/** A restore that somebody has started: a small value, not a process. */
export interface Operation<Result> {
  readonly kind: string;
  readonly id: string;
  readonly startedAt: Date;
  /** Base URL of the system, without a slash at the end; absent where the operation was made without one. */
  readonly baseUrl?: string | undefined;
  /** The caller's own remark: a ticket, a run id. */
  readonly note?: string | undefined;
  /**
   * Exactly one poll, no waiting. Rejects with a typed error when it could not poll, and with the signal's reason when
   * aborted; it never answers a guess.
   */
  poll(options?: { readonly signal?: AbortSignal }): Promise<OperationStatus<Result>>;
  toJSON(): OperationHandle;
}
