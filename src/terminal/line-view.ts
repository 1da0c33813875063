/** The state of a line, as far as it is known. */
export type LineState =
  | 'waiting'
  | 'running'
  | 'unreachable'
  | 'succeeded'
  | 'partial'
  | 'failed'
  | 'canceled'
  | 'unknown';

/** What is shown of one operation. All texts are safe to print. */
export interface LineView {
  readonly label: string;
  readonly state: LineState;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** When the line was ended, in milliseconds since the epoch. */
  readonly endedAt?: number | undefined;
  /** When the operation ended, if the line is still open. Its time no longer counts. */
  readonly stoppedAt?: number | undefined;
  /** 0 to 100. Set only if the vendor reports it. */
  readonly percent?: number | undefined;
  /** The progress in words. */
  readonly text: string;
  /** How long such restores usually take, in words. Shown while the operation runs and the vendor reports no percentage. */
  readonly usual?: string | undefined;
  /** The time of the first failed poll, in milliseconds since the epoch. */
  readonly since?: number | undefined;
}

export function hasEnded({ endedAt }: LineView): boolean {
  return endedAt !== undefined;
}

/** The time that the operation has taken so far or in total, in milliseconds. */
export function elapsedMs({ startedAt, stoppedAt, endedAt }: LineView, now: number): number {
  return (endedAt ?? stoppedAt ?? now) - startedAt;
}
