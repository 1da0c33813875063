import type { VendorError } from '../errors/api-error.ts';
import type { Answer } from './answer.ts';

export interface ParsedErrorBody {
  readonly errors: readonly VendorError[];
  /** Stack traces and the like, which servers do send. Never shown in a message. */
  readonly serverTrace?: string | undefined;
}

/** What the API of one vendor has of its own in HTTP: its error bodies and its headers. */
export interface HttpTraits {
  /**
   * Reads an error body in the API's own form. undefined where it has another form: of a gateway, a firewall, a load
   * balancer. Only the API's own words say that something is refused, or not there.
   */
  readonly parseErrorBody: (body: unknown) => ParsedErrorBody | undefined;
  /** Headers that name the request, the vendor's first. @default x-request-id, x-correlation-id */
  readonly requestIdHeaders?: readonly string[];
  /** Milliseconds until a 429 is over, where headers other than `Retry-After` tell it. */
  readonly rateLimitResetMs?: (headers: Headers, now: number) => number | undefined;
  /** Whether an answer that is not a 401 says that the token has expired. */
  readonly isExpiredToken?: (answer: Answer) => boolean;
  /** What people should know about a refusal of this status; added to the message of its error. */
  readonly refusalHint?: (status: number) => string | undefined;
}
