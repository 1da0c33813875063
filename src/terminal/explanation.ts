import type { RestoreKitError } from '../errors/restore-kit-error.ts';
import type { SeenHandle } from '../errors/wait-facts.ts';

/** The parts of an explanation for people. A part without content is left out. */
export interface Explanation {
  readonly known: string;
  readonly unknown?: string | undefined;
  readonly next: string;
  readonly handle?: SeenHandle | undefined;
}

export const DO_NOT_START = 'Do not start it again.';
export const NOTHING_STARTED = 'Nothing was started.';

/** Adds a full stop to a text if it has none. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/**
 * Adds to an explanation what is known about the start. The advice `next` is kept only if nothing was started, because
 * it may say to make the call again.
 */
export function withStarted(error: RestoreKitError, explanation: Explanation): Explanation {
  const { known, next } = explanation;
  switch (error.started) {
    case 'no':
      return { ...explanation, known: `${NOTHING_STARTED} ${known}` };
    case 'yes':
      return {
        ...explanation,
        known,
        unknown: 'whether the restore is running, and how it ends.',
        next: `${DO_NOT_START} ${next}`,
      };
    default:
      return { ...explanation, known, unknown: 'whether a restore was started.', next: `${DO_NOT_START} ${next}` };
  }
}
