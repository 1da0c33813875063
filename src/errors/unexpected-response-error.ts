import { RestoreKitError } from './restore-kit-error.ts';

export interface UnexpectedResponseDetails {
  readonly status: number;
  readonly contentType?: string | undefined;
  /** What the shape check found, one sentence each. */
  readonly issues?: readonly string[] | undefined;
  /** The first bytes of the body, secrets removed. */
  readonly excerpt?: string | undefined;
  /** true where the vendor accepted a start before this answer went wrong. */
  readonly started?: boolean | undefined;
  readonly cause?: unknown;
}

/** An answer that is not of the documented shape: a page for people, a redirect, a field missing. */
export class UnexpectedResponseError extends RestoreKitError {
  static override readonly brand: string = 'UnexpectedResponseError';
  readonly code = 'unexpected-response';
  declare readonly status: number;
  declare readonly contentType: string | undefined;
  declare readonly issues: readonly string[];
  declare readonly excerpt: string | undefined;
  declare readonly started: boolean;

  constructor(message: string, details: UnexpectedResponseDetails) {
    const { status, contentType, issues = [], excerpt, started = false } = details;
    super(message, { status, contentType, issues, excerpt, started }, details);
  }

  override get isRetryable(): boolean {
    return !this.started;
  }
}
