import { RestoreKitError, type Started } from './restore-kit-error.ts';

export interface UnexpectedResponseDetails {
  readonly status: number;
  readonly contentType?: string | undefined;
  /** What the shape check found, one sentence each. */
  readonly issues?: readonly string[] | undefined;
  /** The first bytes of the body, secrets removed. */
  readonly excerpt?: string | undefined;
  /** 'yes' where the vendor accepted a start before this answer went wrong. @default 'no' */
  readonly started?: Started | undefined;
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

  constructor(message: string, details: UnexpectedResponseDetails) {
    const { status, contentType, issues = [], excerpt } = details;
    super(message, { status, contentType, issues, excerpt }, details);
  }

  override get isRetryable(): boolean {
    return this.started === 'no';
  }
}
