import { RestoreKitError } from '../errors/restore-kit-error.ts';

/** The fields that identify errors of this package. Importing the classes would cost a kilobyte. */
export interface ErrorFacts {
  readonly code: string;
  readonly status?: number;
  readonly reason?: string;
  readonly field?: string;
  readonly retryAfterMs?: number;
}

/** Returns undefined if the value is no error of this package. */
export function factsOf(error: unknown): ErrorFacts | undefined {
  return RestoreKitError.isInstance(error) ? error : undefined;
}

/** A short name under which failures of the same sort are counted. */
export function errorLabel(error: unknown): string {
  const facts = factsOf(error);
  if (!facts) return error instanceof Error ? error.name : typeof error;
  const detail = facts.status ?? facts.reason;
  return detail === undefined ? facts.code : `${facts.code} ${detail}`;
}
