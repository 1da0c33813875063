import type { HazardName } from './hazard-names.ts';
import type { StrangeKind } from './strange-answers.ts';

interface KnownFailure {
  /** Name of the arena. */
  readonly system: string;
  readonly hazard: HazardName;
  /** What goes wrong. */
  readonly because: string;
}

/**
 * Hazards that fool a client today. `npm run chaos` leaves them out and says so; the tests play them, and fail when one of
 * them holds, so that it is taken off this list. Nothing else turns a hazard off.
 */
export const knownToFail: readonly KnownFailure[] = [
  {
    system: 'oracle-epm',
    hazard: 'misrouted-answer',
    because: 'the status answer names no job (its links are null), so that there is nothing to compare',
  },
];

export function isKnownToFail(system: string, hazard: HazardName): boolean {
  return knownToFail.some((known) => known.system === system && known.hazard === hazard);
}

interface Misunderstood {
  readonly system: string;
  readonly answer: StrangeKind;
  readonly because: string;
}

/** The same for strange answers to a start, which the fuzz test plays. */
const knownToBeMisunderstood: readonly Misunderstood[] = [];

export function isFooledBy(system: string, answer: StrangeKind): boolean {
  return knownToBeMisunderstood.some((known) => known.system === system && known.answer === answer);
}
