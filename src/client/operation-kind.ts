import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Cadence } from '../operation/cadence.ts';
import type { OperationStatus, StatusDraft } from '../operation/status.ts';
import type { FetchStatus, JsonObject } from '../protocols/poll-response.ts';
import type * as z from '../schema/schema.ts';
import type { FailedPolls } from './failed-poll.ts';
import type { System } from './system.ts';

/** What is known of one operation: what its handle holds. */
export interface Known<Facts> {
  /** The vendor's id. */
  readonly id: string;
  readonly startedAt: Date;
  readonly note?: string | undefined;
  /** The fields of its handle beside the common ones. Plain JSON, no secret. */
  readonly facts: Facts;
}

/** One operation, and the system that is asked about it. */
export interface Subject<Facts, S extends System = System> extends Known<Facts> {
  readonly system: S;
}

/** A start whose answer was lost, here or in a process that died. */
export interface LostStart<Facts> {
  /** By our clock. */
  readonly startedAt: Date;
  readonly note?: string | undefined;
  /** As far as they are known. */
  readonly facts: Facts;
  /** What `takeBaseline` has answered before the start; undefined where it could not be read. */
  readonly baseline: unknown;
  /** Whether a 2xx came that names no operation. */
  readonly wasAccepted: boolean;
}

/** What an investigation of a lost start has found. */
export type Investigation<Facts> =
  | { readonly outcome: 'started'; readonly id: string; readonly facts: Facts }
  | { readonly outcome: 'not-started' }
  | {
      readonly outcome: 'unknown';
      readonly evidence: readonly string[];
      readonly advice: string;
      readonly looksNotStarted?: boolean;
    };

/**
 * One kind of operation, declared once. The start, `resume`, `attach`, the handle's JSON, its page in docs/handles.md and
 * the reconciliation of a lost start all come from here.
 */
export interface OperationKind<Facts extends object, Result, S extends System = System> {
  /** `vendor/what-it-does`. */
  readonly kind: string;
  /** The fields of the handle beside the common ones. Their comments are shown in docs/handles.md. */
  readonly facts: z.SchemaOf<Facts>;
  /** Where its status is read: its path stands in the handle. undefined where there is nothing to ask. */
  readonly statusRequest: (known: Known<Facts>) => ApiRequest | undefined;
  /** Makes what reads the status, once for each operation, where one request is not all. @default sends `statusRequest` */
  readonly fetchStatus?: (subject: Subject<Facts, S>) => FetchStatus;
  /** Refuses a saved handle whose facts cannot be used. @throws {HandleError} */
  readonly checkHandle?: (subject: Subject<Facts, S>) => void;
  /**
   * Whether an answer is of this very operation. An answer of another one is an outage of our view: a gateway has mixed
   * up connections, or another environment has answered.
   */
  readonly isOwn: (body: JsonObject, known: Known<Facts>) => boolean;
  /** What an answer is of, where it is of another kind: `attach` was given its id by mistake. */
  readonly otherKind?: (body: JsonObject, known: Known<Facts>) => string | undefined;
  /** The decision: one of the protocols, over the status as it was read. */
  readonly decide: (fetchStatus: FetchStatus, subject: Subject<Facts, S>) => Poll<Result>;
  /** The end, where the answer of the start has told it: there is nothing to poll then. */
  readonly endedAtStart?: (subject: Subject<Facts, S>) => Poll<Result> | undefined;
  readonly failedPolls: FailedPolls;
  /** Default deadline of a wait, in milliseconds. */
  readonly timeoutMs: number;
  /** Default outage budget of a wait, in milliseconds. */
  readonly outageToleranceMs: number;
  /** Appended to the message of a `WaitTimeoutError`. */
  readonly timeoutAdvice?: string;
  readonly cadence?: Cadence;
  /** For `until: 'ready'`. */
  readonly isReady?: (status: OperationStatus<Result>) => boolean;
  /** What it overwrites, by its facts: an id, '' for the system as a whole. Left out where it overwrites nothing. */
  readonly overwrites?: (facts: Facts) => string;
  /** The facts of a lost start, of which the store knows the target only. */
  readonly factsOfTarget: (instance: string) => Facts;
  /** What the vendor tells before a start, as JSON without secrets. Its failure never holds back the start. */
  readonly takeBaseline?: (system: S, facts: Facts, options: ReconcileOptions) => Promise<unknown>;
  /** Asks the vendor what became of a lost start. Reads, never writes. */
  readonly investigate: (system: S, lost: LostStart<Facts>, options: ReconcileOptions) => Promise<Investigation<Facts>>;
}

export interface PollOptions {
  readonly signal?: AbortSignal;
}

/** One poll: a status, or an error that says why there is none. */
export type Poll<Result> = (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>>;
