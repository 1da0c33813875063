/**
 * A part of the restore, counted from the accepted start: by time, or by the number of the status request (1 is the
 * first).
 */
export interface Window {
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly fromPoll?: number;
  readonly toPoll?: number;
}

export function isWithin(window: Window, at: { readonly elapsedMs: number; readonly polls: number }): boolean {
  if (window.fromMs !== undefined && at.elapsedMs < window.fromMs) return false;
  if (window.toMs !== undefined && at.elapsedMs >= window.toMs) return false;
  if (window.fromPoll !== undefined && at.polls < window.fromPoll) return false;
  if (window.toPoll !== undefined && at.polls > window.toPoll) return false;
  return true;
}
