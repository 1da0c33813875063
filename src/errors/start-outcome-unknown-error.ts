import { type OutcomeUnknownDetails, OutcomeUnknownError } from './outcome-unknown-error.ts';

/** What is known about a start whose answer was lost, after the vendor was asked. */
export type Reconciliation<Operation = unknown> =
  | { readonly outcome: 'started'; readonly operation: Operation }
  /**
   * Proven: the vendor refused the start, or the request was certainly not sent. That the vendor shows no restore is no
   * proof.
   */
  | { readonly outcome: 'not-started' }
  | {
      readonly outcome: 'unknown';
      /** What was observed, one sentence each. */
      readonly evidence: readonly string[];
      readonly advice: string;
      /**
       * True if the vendor shows no such restore after a time in which it should. This is no proof: the request may be
       * delayed, or the server may process it late. @default false
       */
      readonly looksNotStarted?: boolean | undefined;
    };

export interface ReconcileOptions {
  readonly signal?: AbortSignal;
  /**
   * How long to keep asking the vendor, in milliseconds, because a server may process a start late. With a shorter
   * time than the default, `looksNotStarted` is never set. @default one to three minutes, depending on the vendor
   */
  readonly patienceMs?: number;
}

/**
 * A start call was sent, and its answer did not arrive or could not be understood. The restore may be running. This
 * package never sends the start again; `reconcile()` asks the vendor what it knows.
 */
export class StartOutcomeUnknownError<Operation = unknown> extends OutcomeUnknownError {
  static override readonly brand: string = 'StartOutcomeUnknownError';
  override readonly code = 'start-outcome-unknown';
  /**
   * Asks the vendor whether the restore was started. It only reads. It may take minutes, because a server may process a
   * start late.
   */
  declare readonly reconcile: (options?: ReconcileOptions) => Promise<Reconciliation<Operation>>;

  constructor(
    message: string,
    details: OutcomeUnknownDetails & {
      readonly reconcile: (options?: ReconcileOptions) => Promise<Reconciliation<Operation>>;
    },
  ) {
    super(message, { started: 'unknown', ...details });
    Object.defineProperty(this, 'reconcile', { value: details.reconcile });
  }
}
