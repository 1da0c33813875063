import type { OperationStatus } from './status.ts';

/**
 * An operation as plain JSON that can be saved, without secrets and without the result. `client.resume(handle)` and
 * `resume(handle, clients)` make an operation from it again.
 */
export interface OperationHandle {
  /** Version of this format. */
  readonly v: 1;
  /** `vendor/what-it-does`. */
  readonly kind: string;
  /** The vendor's id. */
  readonly id: string;
  /** Base URL of the system with the prefix of a gateway, if the operation has one. */
  readonly baseUrl?: string;
  /** The path of the status, relative to the client's base URL. */
  readonly path?: string;
  /** ISO 8601, by the clock of the client that started it. */
  readonly startedAt: string;
  /** The caller's own remark: a ticket, a run id. */
  readonly note?: string;
  readonly [field: string]: unknown;
}

/** A saved handle: the object, its JSON text, or its `rk1_` form. */
export type SavedHandle = OperationHandle | string;

/** A restore that was started. It is a small value and does nothing by itself. */
export interface Operation<Result> {
  readonly kind: string;
  readonly id: string;
  readonly startedAt: Date;
  /** Base URL of the system, without a trailing slash; absent if the operation was made without one. */
  readonly baseUrl?: string | undefined;
  /** The caller's own remark: a ticket, a run id. */
  readonly note?: string | undefined;
  /**
   * Polls exactly once, without waiting. Rejects with a typed error if the status could not be read, and with the
   * signal's reason if aborted. It never guesses a status.
   */
  poll(options?: { readonly signal?: AbortSignal }): Promise<OperationStatus<Result>>;
  toJSON(): OperationHandle;
}
