import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import type { Answer } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Cadence } from '../operation/cadence.ts';
import type { Operation } from '../operation/operation.ts';
import type { OperationStatus, StatusDraft } from '../operation/status.ts';
import type { FetchStatus, JsonObject } from '../protocols/poll-response.ts';
import type * as z from '../schema/schema.ts';
import type { FailedPolls } from './failed-poll.ts';
import type { PendingAnswer } from './pending-answer.ts';
import type { System } from './system.ts';

/** What is known about one operation. Its handle holds it. */
export interface Known<Facts> {
  /** The vendor's id. */
  readonly id: string;
  readonly startedAt: Date;
  readonly note?: string | undefined;
  /** The fields of the handle that only this kind has. Plain JSON, no secret. */
  readonly facts: Facts;
}

/** One operation and its system. */
export interface Subject<Facts, S extends System = System> extends Known<Facts> {
  readonly system: S;
  /** The pending answer of a blocking start that this process has sent. */
  readonly pending?: PendingAnswer | undefined;
}

/** How the answer of a blocking start is read. A blocking start is answered when the restore has ended. */
export interface BlockingStart<Facts, Result, S extends System = System> {
  /**
   * How long the start call waits for the answer, in milliseconds. If a refusal comes within that time, the start call
   * throws it. After that time it returns the operation, whose polls then read the answer.
   */
  readonly promptMs: number;
  /**
   * How long an answer may take before a poll also calls `decide`, in milliseconds: the connection may have died without
   * notice.
   */
  readonly verifyAfterMs: number;
  /**
   * Reads the end from a 2xx. Returns undefined if the answer has none: then `decide` continues and finds the answer in
   * `pending`.
   */
  readonly endOf: (answer: Answer, subject: Subject<Facts, S>) => StatusDraft<Result> | undefined;
  /**
   * Reads what a 2xx names, if it does not end the operation but gives it an id. The operation is then made with that id
   * and polled by it.
   */
  readonly acceptedBy?: (
    answer: Answer,
    subject: Subject<Facts, S>,
  ) => { readonly id: string; readonly facts: Facts } | undefined;
}

/** A start whose answer was lost, in this process or in one that died. */
export interface LostStart<Facts> {
  /** When the start was sent, by the clock of this client. */
  readonly startedAt: Date;
  readonly note?: string | undefined;
  /** The facts of the operation, as far as they are known. */
  readonly facts: Facts;
  /** What `takeBaseline` returned before the start; undefined if it could not be read. */
  readonly baseline: unknown;
  /** Whether the start was answered with a 2xx that names no operation. */
  readonly wasAccepted: boolean;
}

/** The result of the investigation of a lost start. */
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
 * One kind of operation. The start, `resume`, `attach`, the handle's JSON, its page in docs/handles.md and the
 * reconciliation of a lost start are all made from it.
 */
export interface OperationKind<
  Facts extends object,
  Result,
  S extends System = System,
  Op extends Operation<Result> = Operation<Result>,
> {
  /** `vendor/what-it-does`. */
  readonly kind: string;
  /** The schema of the fields that only handles of this kind have. Their comments are shown in docs/handles.md. */
  readonly facts: z.SchemaOf<Facts>;
  /** The request that reads the status. Its path is part of the handle. undefined if there is nothing to read. */
  readonly statusRequest: (known: Known<Facts>) => ApiRequest | undefined;
  /**
   * Makes the function that reads the status, once per operation. Needed if a poll takes more than one request.
   * @default sends `statusRequest`
   */
  readonly fetchStatus?: (subject: Subject<Facts, S>) => FetchStatus;
  /** Checks the facts of a saved handle. @throws {HandleError} they cannot be used */
  readonly checkHandle?: (subject: Subject<Facts, S>) => void;
  /**
   * Whether an answer belongs to this operation. An answer about another operation counts as an outage: a gateway may
   * have mixed up connections, or another environment may have answered.
   */
  readonly isOwn: (body: JsonObject, known: Known<Facts>) => boolean;
  /** Describes the operation of an answer if it is of another kind, because a wrong id was passed to `attach`. */
  readonly otherKind?: (body: JsonObject, known: Known<Facts>) => string | undefined;
  /** Makes the poll that decides what the status means. It is made of one of the protocols. */
  readonly decide: (fetchStatus: FetchStatus, subject: Subject<Facts, S>) => Poll<Result>;
  /** The end of the operation, if the answer of the start already contained it. Then nothing is polled. */
  readonly endedAtStart?: (subject: Subject<Facts, S>) => Poll<Result> | undefined;
  /** For a blocking start. @default the answer of the start only says that it was accepted */
  readonly blocking?: BlockingStart<Facts, Result, S>;
  /** Makes a resource of the operation: an object with further members. @default the operation alone */
  readonly extend?: (operation: Operation<Result>, subject: Subject<Facts, S>) => Op;
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
  /** The id of what the operation overwrites; '' for the whole system. Left out if it overwrites nothing. */
  readonly overwrites?: (facts: Facts) => string;
  /** The facts of a lost start of which only the target is known. */
  readonly factsOfTarget: (instance: string) => Facts;
  /** Reads the state before a start, as JSON without secrets. If it fails, the start is sent nevertheless. */
  readonly takeBaseline?: (system: S, facts: Facts, options: ReconcileOptions) => Promise<unknown>;
  /** Asks the vendor whether a lost start took effect. It only reads. */
  readonly investigate: (system: S, lost: LostStart<Facts>, options: ReconcileOptions) => Promise<Investigation<Facts>>;
}

export interface PollOptions {
  readonly signal?: AbortSignal;
}

/** Polls once. Returns a status, or throws an error that says why there is none. */
export type Poll<Result> = (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>>;
