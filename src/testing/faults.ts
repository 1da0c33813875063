import type { Clock } from '../clock/clock.ts';
import type { Answer } from './answer.ts';
import { htmlAnswer } from './answer.ts';
import { replacedAnswer } from './fault-answers.ts';
import type { Window } from './fault-window.ts';
import type { WireFault } from './fault-wire.ts';
import type { NamedFaults } from './named-faults.ts';

export { isWithin, type Window } from './fault-window.ts';

/** While it lasts, no call gets a documented answer. */
export interface Outage extends Window {
  /**
   * 'reset' cuts the connection, 'unavailable' answers 503 with HTML, 'html' a page with 200, 'redirect' 302 to a
   * login page elsewhere, 'hang' never answers. @default 'reset'
   */
  readonly kind?: 'reset' | 'unavailable' | 'html' | 'redirect' | 'hang';
}

/** Faults that every emulator knows, by name. */
export interface CommonFaults extends NamedFaults {
  /** The start is performed, but its answer is lost. */
  readonly loseStartResponse?: boolean;
  /** The start is refused with this answer and not performed. */
  readonly refuseStart?: { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> };
  readonly outage?: Outage | readonly Outage[];
  /** What goes wrong between the client and the product, call by call. */
  readonly wire?: readonly WireFault[];
  /** Delays answers by milliseconds of the emulator's clock, by the role of the call. */
  readonly slow?: { readonly start?: number; readonly poll?: number; readonly token?: number; readonly other?: number };
}

export async function answerOutage(
  outage: Outage,
  context: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Answer> {
  const { kind = 'reset' } = outage;
  if (kind === 'unavailable') return htmlAnswer('Service Unavailable', 503);
  return replacedAnswer({ kind }, context);
}
