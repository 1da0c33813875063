/** How a line stands, as far as it is known. */
export type LineState =
  | 'waiting'
  | 'running'
  | 'unreachable'
  | 'succeeded'
  | 'partial'
  | 'failed'
  | 'canceled'
  | 'unknown';

/** What is drawn of one operation. All texts are clean. */
export interface LineView {
  readonly label: string;
  readonly state: LineState;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  /** 0 to 100; only where the vendor tells it. */
  readonly percent?: number | undefined;
  /** Where it stands, in words. */
  readonly text: string;
  /** Since when it cannot be seen, milliseconds since the epoch. */
  readonly since?: number | undefined;
}

export function hasEnded({ endedAt }: LineView): boolean {
  return endedAt !== undefined;
}
