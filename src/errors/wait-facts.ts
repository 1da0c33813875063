/** The JSON handle of an operation, as errors carry it. Pass it to `client.resume()`. */
export interface SeenHandle {
  readonly v: number;
  readonly kind: string;
  readonly id: string;
  readonly startedAt: string;
  readonly [field: string]: unknown;
}

/** What a wait measured until it ended. */
export interface EndedWait {
  readonly startedAt: Date;
  readonly completedAt: Date;
  /** From the start of the operation, in milliseconds. */
  readonly elapsedMs: number;
  /** Polls taken by this wait. */
  readonly polls: number;
  /** Milliseconds from a first failed poll to the next good one, summed over all outages. */
  readonly unreachableMs: number;
  readonly warnings: readonly { readonly message: string; readonly code?: string }[];
  readonly steps: readonly { readonly name: string; readonly state: string }[];
}

/** What a wait observed before it gave up. */
export interface Observations {
  /** How often each kind of answer was seen: `{ running: 41, 'server 503': 7 }`. */
  readonly observed: Readonly<Record<string, number>>;
  /** The state and message of the last good poll. */
  readonly lastSeen?:
    | { readonly state: string; readonly message?: string; readonly percent?: number; readonly at: Date }
    | undefined;
}
