import { type OutcomeUnknownDetails, OutcomeUnknownError } from './outcome-unknown-error.ts';

/** What the vendor could tell about a start whose answer was lost. */
export type Reconciliation<Operation = unknown> =
  | { readonly outcome: 'started'; readonly operation: Operation }
  /** Proven: an answer refused it, or the request provably never left. Never what a vendor merely does not show. */
  | { readonly outcome: 'not-started' }
  | {
      readonly outcome: 'unknown';
      /** What was seen, one sentence each. */
      readonly evidence: readonly string[];
      readonly advice: string;
      /**
       * Nothing of it was seen where it would have shown by now. No proof: a request that is held up may still arrive, and
       * a server may carry it out late. @default false
       */
      readonly looksNotStarted?: boolean | undefined;
    };

export interface ReconcileOptions {
  readonly signal?: AbortSignal;
  /**
   * How long to go on looking for what the server may carry out late, in milliseconds. A shorter time than the default
   * never yields `looksNotStarted`. @default one to three minutes, by the vendor
   */
  readonly patienceMs?: number;
}

/**
 * A start call was sent and its answer never came, or cannot be understood. The restore may be running. It is never sent
 * again by this package; `reconcile()` asks the vendor what can be known.
 */
export class StartOutcomeUnknownError<Operation = unknown> extends OutcomeUnknownError {
  static override readonly brand: string = 'StartOutcomeUnknownError';
  override readonly code = 'start-outcome-unknown';
  /** Reads, never writes. May take minutes, since a server can commit late. */
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
