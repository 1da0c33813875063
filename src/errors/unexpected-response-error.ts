import { RestoreKitError, type Started } from './restore-kit-error.ts';

export interface UnexpectedResponseDetails {
  readonly status: number;
  readonly contentType?: string | undefined;
  /** What is wrong with the body, one sentence each. */
  readonly issues?: readonly string[] | undefined;
  /** The first bytes of the body, secrets removed. */
  readonly excerpt?: string | undefined;
  /** 'yes' if this answer also accepted a start. @default 'no' */
  readonly started?: Started | undefined;
  readonly cause?: unknown;
}

/** An answer that does not have the documented shape: an HTML page, a redirect, a missing field. */
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
