import type { RestoreKitError } from '../errors/restore-kit-error.ts';
import type { SeenHandle } from '../errors/wait-facts.ts';

/** What an error tells a person. A part that has nothing to say is left out. */
export interface Explanation {
  readonly known: string;
  readonly unknown?: string | undefined;
  readonly next: string;
  readonly handle?: SeenHandle | undefined;
}

export const DO_NOT_START = 'Do not start it again.';
export const NOTHING_STARTED = 'Nothing was started.';

/** A text that ends like a sentence, so that another one can follow. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/**
 * What is known about the start, beside what went wrong. `next` is the advice where nothing was started; else it is not
 * repeated that this call may be made again.
 */
export function withStarted(error: RestoreKitError, explanation: Explanation): Explanation {
  const { known, next } = explanation;
  switch (error.started) {
    case 'no':
      return { ...explanation, known: `${NOTHING_STARTED} ${known}` };
    case 'yes':
      return { ...explanation, known, unknown: 'how the restore goes, or has ended.', next: `${DO_NOT_START} ${next}` };
    default:
      return { ...explanation, known, unknown: 'whether a restore was started.', next: `${DO_NOT_START} ${next}` };
  }
}
