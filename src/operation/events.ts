/** Told while somebody waits. */
export type OperationEvent =
  | {
      readonly type: 'poll';
      readonly at: number;
      readonly kind: string;
      readonly id: string;
      readonly state: string;
      readonly percent?: number;
      /** The caller's remark, as given to the start call. */
      readonly note?: string;
    }
  | {
      readonly type: 'outage';
      readonly at: number;
      readonly kind: string;
      readonly id: string;
      /** When the view was lost, milliseconds since the epoch. */
      readonly since: number;
      readonly error: unknown;
      readonly note?: string;
    }
  /** What ends with its block (`await using`) was left open at the vendor; `error` says why. */
  | {
      readonly type: 'left-open';
      readonly at: number;
      readonly kind: string;
      readonly id: string;
      readonly error: unknown;
      readonly note?: string;
    }
  | { readonly type: 'handler-error'; readonly at: number; readonly error: unknown };
