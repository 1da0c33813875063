import type { Clock } from '../clock/clock.ts';
import { type Answer, connectionReset, htmlAnswer } from './answer.ts';

/** A stretch of the restore, counted from its accepted start: by time, or by the number of the status request (1 = first). */
export interface Window {
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly fromPoll?: number;
  readonly toPoll?: number;
}

/** While it lasts nothing on the system answers as documented. */
export interface Outage extends Window {
  /**
   * 'reset' cuts the connection, 'unavailable' answers 503 with HTML, 'html' a page with 200, 'redirect' 302 to a
   * login page elsewhere, 'hang' never answers. @default 'reset'
   */
  readonly kind?: 'reset' | 'unavailable' | 'html' | 'redirect' | 'hang';
}

/** Faults that every emulator knows, by name. */
export interface CommonFaults {
  /** The start is carried out, and its answer lost. */
  readonly loseStartResponse?: boolean;
  /** The start is refused with this answer, and not carried out. */
  readonly refuseStart?: { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> };
  readonly outage?: Outage | readonly Outage[];
  /** Delays answers by milliseconds of the emulator's clock, by the role of the call. */
  readonly slow?: { readonly start?: number; readonly poll?: number; readonly token?: number; readonly other?: number };
}

export function isWithin(window: Window, at: { readonly elapsedMs: number; readonly polls: number }): boolean {
  if (window.fromMs !== undefined && at.elapsedMs < window.fromMs) return false;
  if (window.toMs !== undefined && at.elapsedMs >= window.toMs) return false;
  if (window.fromPoll !== undefined && at.polls < window.fromPoll) return false;
  if (window.toPoll !== undefined && at.polls > window.toPoll) return false;
  return true;
}

export async function answerOutage(
  outage: Outage,
  context: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Answer> {
  switch (outage.kind ?? 'reset') {
    case 'reset':
      return connectionReset;
    case 'unavailable':
      return htmlAnswer('Service Unavailable', 503);
    case 'html':
      return htmlAnswer('Sign in');
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: 'https://login.invalid/signin' } });
    case 'hang':
      return new Promise((_, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true });
      });
  }
}
