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
  /** When the line was ended. */
  readonly endedAt?: number | undefined;
  /** When the operation ended, while the line is still open: its clock stands. */
  readonly stoppedAt?: number | undefined;
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

/** How long it has taken by now, or did take, in milliseconds. */
export function elapsedMs({ startedAt, stoppedAt, endedAt }: LineView, now: number): number {
  return (endedAt ?? stoppedAt ?? now) - startedAt;
}
