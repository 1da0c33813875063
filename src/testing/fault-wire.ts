import type { Window } from './fault-window.ts';
import type { Role } from './route.ts';

/**
 * `Retry-After` as raw text, or as a date this far in the future. `skewMs` is the error of the server's clock, which
 * its `Date` header shows.
 */
export type RetryAfterFault = string | { readonly inMs: number; readonly skewMs?: number };

/** Whether the product performs the call although its answer is replaced, or performs it later. */
export type CarriedOut = boolean | { readonly afterMs: number };

/** Which calls a fault concerns. All bounds that are set must hold. */
export interface FaultAim extends Window {
  /** @default 'poll' */
  readonly on?: Role | 'all';
  /** By the number of the call among the calls of its role; 1 is the first. */
  readonly fromCall?: number;
  readonly toCall?: number;
  /** Only each n-th of these calls. @default 1 */
  readonly every?: number;
  /** Only calls that come at least this long after the previous call. */
  readonly afterIdleMs?: number;
}

/** Replaces the product's answer, as a gateway or a login page would. */
export type ReplacingFault = {
  readonly carriedOut?: CarriedOut;
  /** false if the call does not arrive; then it is not in `requests`. @default true */
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

/** Spoils the product's own answer. The call was performed. */
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
  /** Adds a member to the JSON object of the product that is nested to this depth. */
  | { readonly kind: 'deep-json'; readonly depth: number }
  /** 'slow-answer' arrives late; 'slow-body' arrives in pieces, over this many milliseconds of the emulator's clock. */
  | { readonly kind: 'slow-answer' | 'slow-body'; readonly forMs: number };

/**
 * A fault between the client and the product. Time counts from the first accepted start; before it, the time is 0. If
 * several faults concern a call, the first one is used.
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
