import { ConfigurationError } from '../errors/configuration-error.ts';

/** One step of a restore, in the vendor's words. */
export interface Step {
  readonly name: string;
  readonly state: string;
}

/** A note of the vendor or of this package for the caller. It does not change the state. */
export interface Warning {
  readonly message: string;
  readonly code?: string;
}

export interface Failure {
  readonly message: string;
  /** The vendor's code. */
  readonly code?: string;
  /** The vendor's answer. */
  readonly details: unknown;
}

interface Seen {
  /** 0 to 100. Set only if the vendor reports it. */
  readonly percent?: number;
  readonly steps: readonly Step[];
  readonly message?: string;
  readonly warnings: readonly Warning[];
  /** The vendor's parsed answer. It is not enumerable, so JSON and inspection do not show it. */
  readonly raw: unknown;
}

export interface RunningStatus extends Seen {
  readonly state: 'running';
  /** The pause until the next poll, in milliseconds. Always set in the result of `Operation.poll()`. */
  readonly pollAfterMs?: number;
}

export interface SucceededStatus<Result> extends Seen {
  readonly state: 'succeeded';
  readonly result: Result;
}

/** The restore ended, but not everything was restored. */
export interface PartialStatus<Result> extends Seen {
  readonly state: 'partial';
  readonly result: Result;
}

export interface FailedStatus extends Seen {
  readonly state: 'failed';
  readonly failure: Failure;
}

export interface CanceledStatus extends Seen {
  readonly state: 'canceled';
  readonly failure?: Failure;
}

/**
 * The result of one poll. There are no other states: an unknown state of the vendor counts as 'running' and is named in
 * `message`.
 */
export type OperationStatus<Result> =
  | RunningStatus
  | SucceededStatus<Result>
  | PartialStatus<Result>
  | FailedStatus
  | CanceledStatus;

export type TerminalStatus<Result> = Exclude<OperationStatus<Result>, RunningStatus>;

/**
 * The operation cannot be polled at the moment. This says nothing about the operation. When polls succeed again, a
 * status follows.
 */
export interface UnreachableUpdate {
  readonly state: 'unreachable';
  /** The time of the first failed poll. */
  readonly since: Date;
  /** The error of the last poll. */
  readonly error: unknown;
  // Always undefined, so that a handler may read these fields before it checks the state.
  readonly percent?: undefined;
  readonly message?: undefined;
  readonly steps: readonly never[];
  readonly warnings: readonly never[];
}

export function unreachableUpdate(since: number, error: unknown): UnreachableUpdate {
  return Object.freeze({ state: 'unreachable', since: new Date(since), error, steps: NONE, warnings: NONE });
}

/** The argument of `onProgress`. */
export type WaitUpdate<Result> = OperationStatus<Result> | UnreachableUpdate;

type Draft<S> =
  S extends OperationStatus<unknown>
    ? Omit<S, 'steps' | 'warnings' | 'raw'> & Partial<Pick<S, 'steps' | 'warnings' | 'raw'>>
    : never;

/** A status in which `steps`, `warnings` and `raw` can be left out. */
export type StatusDraft<Result> = Draft<OperationStatus<Result>>;

const STATES: readonly unknown[] = ['running', 'succeeded', 'partial', 'failed', 'canceled'];

const NONE: readonly never[] = Object.freeze([]);

/**
 * Completes and freezes a status, and makes `raw` not enumerable.
 * @throws {ConfigurationError} with the field `poll`: the value is no status
 */
export function toStatus<Result>(draft: StatusDraft<Result>): OperationStatus<Result> {
  return Object.freeze(completeStatus(draft));
}

/** The same without freezing, which costs a tenth of a poll. Code of the caller only gets frozen ones. */
export function completeStatus<Result>(draft: StatusDraft<Result>): OperationStatus<Result> {
  const state: unknown = draft?.state;
  if (!STATES.includes(state)) {
    throw new ConfigurationError(
      'poll',
      `must return a status whose state is one of ${STATES.join(', ')}; it was ${typeof state === 'string' ? `'${state}'` : typeof state}.`,
    );
  }
  const status = { steps: NONE, warnings: NONE, ...draft };
  if ('raw' in status) Object.defineProperty(status, 'raw', { enumerable: false });
  return status as OperationStatus<Result>;
}
