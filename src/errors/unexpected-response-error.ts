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
  readonly status: number;
  readonly contentType: string | undefined;
  readonly issues: readonly string[];
  readonly excerpt: string | undefined;
  readonly started: boolean;

  constructor(message: string, details: UnexpectedResponseDetails) {
    super(message, 'cause' in details ? { cause: details.cause } : {});
    this.status = details.status;
    this.contentType = details.contentType;
    this.issues = details.issues ?? [];
    this.excerpt = details.excerpt;
    this.started = details.started ?? false;
  }

  override get isRetryable(): boolean {
    return !this.started;
  }

  protected override facts(): Record<string, unknown> {
    const { status, contentType, issues, excerpt, started } = this;
    return { status, contentType, issues, excerpt, started };
  }
}
