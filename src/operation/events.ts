/** Events of operations. They are sent only while somebody waits. */
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
  | { readonly type: 'handler-error'; readonly at: number; readonly error: unknown };
