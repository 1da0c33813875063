import { ConfigurationError } from '../errors/configuration-error.ts';

/** One step of a restore, in the vendor's words. */
export interface Step {
  readonly name: string;
  readonly state: string;
}

/** Something the vendor, or this package, wants the caller to know although the restore goes on or has succeeded. */
export interface Warning {
  readonly message: string;
  readonly code?: string;
}

export interface Failure {
  readonly message: string;
  /** The vendor's number or word for it. */
  readonly code?: string;
  /** The vendor's answer. */
  readonly details: unknown;
}

interface Seen {
  /** 0 to 100; only where the vendor tells it. */
  readonly percent?: number;
  readonly steps: readonly Step[];
  readonly message?: string;
  readonly warnings: readonly Warning[];
  /** The vendor's answer as parsed. Not enumerable: kept out of JSON and of inspection. */
  readonly raw: unknown;
}

export interface RunningStatus extends Seen {
  readonly state: 'running';
  /** When to poll again, in milliseconds. Always set on what `Operation.poll()` returns. */
  readonly pollAfterMs?: number;
}

export interface SucceededStatus<Result> extends Seen {
  readonly state: 'succeeded';
  readonly result: Result;
}

/** Ended, and not all of it was restored. */
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

/** What one poll of an operation found. `state` is closed; a vendor's unknown word is 'running' and named in `message`. */
export type OperationStatus<Result> =
  | RunningStatus
  | SucceededStatus<Result>
  | PartialStatus<Result>
  | FailedStatus
  | CanceledStatus;

export type TerminalStatus<Result> = Exclude<OperationStatus<Result>, RunningStatus>;

/** The operation cannot be seen. Says nothing about how it goes; the next status tells that it can be seen again. */
export interface UnreachableUpdate {
  readonly state: 'unreachable';
  /** When the view was lost. */
  readonly since: Date;
  /** What the last poll failed with. */
  readonly error: unknown;
  // Nothing is known of these; a handler may read them before it asks for the state.
  readonly percent?: undefined;
  readonly message?: undefined;
  readonly steps: readonly never[];
  readonly warnings: readonly never[];
}

export function unreachableUpdate(since: number, error: unknown): UnreachableUpdate {
  return Object.freeze({ state: 'unreachable', since: new Date(since), error, steps: NONE, warnings: NONE });
}

/** What `onProgress` is told. */
export type WaitUpdate<Result> = OperationStatus<Result> | UnreachableUpdate;

type Draft<S> =
  S extends OperationStatus<unknown>
    ? Omit<S, 'steps' | 'warnings' | 'raw'> & Partial<Pick<S, 'steps' | 'warnings' | 'raw'>>
    : never;

/** A status as it may be written down: `steps`, `warnings` and `raw` can be left out. */
export type StatusDraft<Result> = Draft<OperationStatus<Result>>;

const STATES: readonly unknown[] = ['running', 'succeeded', 'partial', 'failed', 'canceled'];

const NONE: readonly never[] = Object.freeze([]);

/**
 * Completes and freezes a status; hides `raw`.
 * @throws {ConfigurationError} of the field `poll`: it is no status
 */
export function toStatus<Result>(draft: StatusDraft<Result>): OperationStatus<Result> {
  const state: unknown = draft?.state;
  if (!STATES.includes(state)) {
    throw new ConfigurationError(
      'poll',
      `must answer a status whose state is one of ${STATES.join(', ')}; it was ${typeof state === 'string' ? `'${state}'` : typeof state}.`,
    );
  }
  const status = { steps: NONE, warnings: NONE, ...draft };
  if ('raw' in status) Object.defineProperty(status, 'raw', { enumerable: false });
  return Object.freeze(status) as OperationStatus<Result>;
}
