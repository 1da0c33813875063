import { RestoreKitError } from '../errors/restore-kit-error.ts';

/** The fields by which errors of this package tell what they are; the classes themselves would cost a kilobyte. */
export interface ErrorFacts {
  readonly code: string;
  readonly status?: number;
  readonly reason?: string;
  readonly field?: string;
  readonly retryAfterMs?: number;
}

/** undefined for what is no error of this package. */
export function factsOf(error: unknown): ErrorFacts | undefined {
  return RestoreKitError.isInstance(error) ? error : undefined;
}

/** A short name under which like failures are counted. */
export function errorLabel(error: unknown): string {
  const facts = factsOf(error);
  if (!facts) return error instanceof Error ? error.name : typeof error;
  const detail = facts.status ?? facts.reason;
  return detail === undefined ? facts.code : `${facts.code} ${detail}`;
}
