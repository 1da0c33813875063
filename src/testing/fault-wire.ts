import type { Window } from './fault-window.ts';
import type { Role } from './route.ts';

/** `Retry-After` as raw text, or as a date so far ahead; `skewMs` sets the server's clock, and its `Date`, off. */
export type RetryAfterFault = string | { readonly inMs: number; readonly skewMs?: number };

/** Whether the product does what the call asked for before the fault eats its answer; or only so much later. */
export type CarriedOut = boolean | { readonly afterMs: number };

/** Which calls meet a fault: all bounds that are given must hold. */
export interface FaultAim extends Window {
  /** @default 'poll' */
  readonly on?: Role | 'all';
  /** By the number of the call among those of its role, 1 = first. */
  readonly fromCall?: number;
  readonly toCall?: number;
  /** Only each n-th of the calls that it could meet. @default 1 */
  readonly every?: number;
  /** Only calls that come at least so long after the call before. */
  readonly afterIdleMs?: number;
}

/** Something in the place of the product's answer: a gateway, a portal for people, nobody. */
export type ReplacingFault = {
  readonly carriedOut?: CarriedOut;
  /** false: the call does not even arrive, and is not among `requests`. @default true */
  readonly delivered?: boolean;
} & (
  | {
      /**
       * 'reset': the connection is cut before the answer. 'hang': no answer. 'html': a page with 200. 'redirect': 302 to a
       * login page elsewhere. 'junk': 1 MB of bytes that mean nothing, with 200. 'unauthorized': the product's own 401.
       * 'misrouted': the product's answer about another operation, which has succeeded.
       */
      readonly kind: 'reset' | 'hang' | 'html' | 'redirect' | 'junk' | 'unauthorized' | 'misrouted';
    }
  /** JSON of something else, with 200. */
  | { readonly kind: 'other-json'; readonly json?: string }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly retryAfter?: RetryAfterFault;
      /** @default 'html' */
      readonly page?: 'html' | 'json' | 'text' | 'empty';
      /** The body, unless the page is empty. */
      readonly text?: string;
    }
);

/** The product's own answer, spoilt on its way; the call was carried out. */
export type SpoilingFault =
  | {
      /**
       * 'reset-after-headers' and 'reset-in-body': the connection is cut there. 'truncated': half of the body and a clean
       * end. 'empty': no body.
       */
      readonly kind: 'reset-after-headers' | 'reset-in-body' | 'truncated' | 'empty';
    }
  /** @default 'text/plain' */
  | { readonly kind: 'wrong-type'; readonly contentType?: string }
  /** The JSON object of the product with one more member, nested so many levels deep. */
  | { readonly kind: 'deep-json'; readonly depth: number }
  /** 'slow-answer' comes late; 'slow-body' comes in pieces, over so many milliseconds of the emulator's clock. */
  | { readonly kind: 'slow-answer' | 'slow-body'; readonly forMs: number };

/**
 * A fault between the client and the product. Time counts from the first accepted start, before which it is 0; of several
 * that meet a call, the first works.
 */
export type WireFault = FaultAim & (ReplacingFault | SpoilingFault);

export function isReplacing<F extends WireFault>(fault: F): fault is F & ReplacingFault {
  return !SPOILING.has(fault.kind);
}

const SPOILING: ReadonlySet<string> = new Set<SpoilingFault['kind']>([
  'reset-after-headers',
  'reset-in-body',
  'truncated',
  'empty',
  'wrong-type',
  'deep-json',
  'slow-answer',
  'slow-body',
]);
