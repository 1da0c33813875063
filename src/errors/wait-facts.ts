/** The JSON handle of an operation, as errors carry it: give it to `client.resume()` to go on. */
export interface SeenHandle {
  readonly v: number;
  readonly kind: string;
  readonly id: string;
  readonly startedAt: string;
  readonly [field: string]: unknown;
}

/** A step or warning count apart, what a wait measured until it ended. */
export interface EndedWait {
  readonly startedAt: Date;
  readonly completedAt: Date;
  /** From the start of the operation, in milliseconds. */
  readonly elapsedMs: number;
  /** Polls taken by this wait. */
  readonly polls: number;
  /** Milliseconds during which the operation could not be seen. */
  readonly unreachableMs: number;
  readonly warnings: readonly { readonly message: string; readonly code?: string }[];
  readonly steps: readonly { readonly name: string; readonly state: string }[];
}

/** What was observed without learning the end. */
export interface Observations {
  /** How often each kind of answer was seen: `{ running: 41, 'server 503': 7 }`. */
  readonly observed: Readonly<Record<string, number>>;
  /** The state and message of the last good poll. */
  readonly lastSeen?:
    | { readonly state: string; readonly message?: string; readonly percent?: number; readonly at: Date }
    | undefined;
}
