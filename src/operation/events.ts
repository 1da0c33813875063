/** How a wait ended: 'ready' if it was a wait for that, 'unknown' if the outcome is not known. */
export type WaitOutcome = 'succeeded' | 'partial' | 'failed' | 'canceled' | 'ready' | 'unknown';

/** Events of operations. Most are sent only while somebody waits. */
export type OperationEvent =
  | {
      readonly type: 'poll';
      readonly at: number;
      readonly kind: string;
      readonly id: string;
      readonly state: string;
      readonly percent?: number;
      /** The caller's own remark from the start call. */
      readonly note?: string;
    }
  | {
      readonly type: 'outage';
      readonly at: number;
      readonly kind: string;
      readonly id: string;
      /** The time of the first failed poll, in milliseconds since the epoch. */
      readonly since: number;
      readonly error: unknown;
      readonly note?: string;
    }
  /** A resource of an `await using` block was left open at the vendor. `error` says why. */
  | {
      readonly type: 'left-open';
      readonly at: number;
      readonly kind: string;
      readonly id: string;
      readonly error: unknown;
      readonly note?: string;
    }
  /** The vendor has accepted a start of this client, or the restore was found after the answer was lost. */
  | {
      readonly type: 'started';
      readonly at: number;
      readonly kind: string;
      readonly id: string;
      /** When the start was sent, milliseconds since the epoch. */
      readonly startedAt: number;
      readonly note?: string;
    }
  /** A wait has ended. */
  | {
      readonly type: 'wait-ended';
      readonly at: number;
      readonly kind: string;
      readonly id: string;
      readonly startedAt: number;
      readonly outcome: WaitOutcome;
      /** The error with which the wait rejected. */
      readonly error?: unknown;
      /** The number of polls of the wait. */
      readonly polls: number;
      /** The length of all outages, in milliseconds. */
      readonly unreachableMs: number;
      readonly note?: string;
    }
  | { readonly type: 'handler-error'; readonly at: number; readonly error: unknown };
