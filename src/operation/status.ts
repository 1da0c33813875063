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

type Draft<S> =
  S extends OperationStatus<unknown>
    ? Omit<S, 'steps' | 'warnings' | 'raw'> & Partial<Pick<S, 'steps' | 'warnings' | 'raw'>>
    : never;

/** A status as it may be written down: `steps`, `warnings` and `raw` can be left out. */
export type StatusDraft<Result> = Draft<OperationStatus<Result>>;

const STATES: readonly string[] = ['running', 'succeeded', 'partial', 'failed', 'canceled'];

const NONE: readonly never[] = Object.freeze([]);

/** Completes and freezes a status; hides `raw`. */
export function toStatus<Result>(draft: StatusDraft<Result>): OperationStatus<Result> {
  if (!STATES.includes(draft.state)) {
    throw new ConfigurationError(
      'poll',
      `must answer a state out of ${STATES.join(', ')}; got ${String(draft.state)}.`,
    );
  }
  const status = { steps: NONE, warnings: NONE, ...draft };
  if ('raw' in status) Object.defineProperty(status, 'raw', { enumerable: false });
  return Object.freeze(status) as OperationStatus<Result>;
}
