import type { VendorError } from '../errors/api-error.ts';
import type { Answer } from './answer.ts';

export interface ParsedErrorBody {
  readonly errors: readonly VendorError[];
  /** A stack trace or debugging text of the server. Never shown in a message. */
  readonly serverTrace?: string | undefined;
}

/** What is specific to the API of one vendor in HTTP: its error bodies and its headers. */
export interface HttpTraits {
  /**
   * Reads an error body in the API's own form. Returns undefined for any other form, such as that of a gateway, a
   * firewall or a load balancer. Only an answer in the API's own form proves that something is refused or does not exist.
   */
  readonly parseErrorBody: (body: unknown) => ParsedErrorBody | undefined;
  /** Headers with the id of the request, in order of preference. @default x-request-id, x-correlation-id */
  readonly requestIdHeaders?: readonly string[];
  /** Milliseconds until the limit of a 429 ends, if headers other than `Retry-After` say it. */
  readonly rateLimitResetMs?: (headers: Headers, now: number) => number | undefined;
  /** Whether an answer other than a 401 says that the token has expired. */
  readonly isExpiredToken?: (answer: Answer) => boolean;
  /** A hint for people about a refusal with this status. It is added to the error's message. */
  readonly refusalHint?: (status: number) => string | undefined;
}
