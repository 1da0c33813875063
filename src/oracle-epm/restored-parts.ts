import type { Step } from '../operation/status.ts';
import type { RestoreFlags, SomeFlags } from './restore-flags.ts';
import { outcomeOf, type StepOutcome } from './steps.ts';

/** The parts of a restore: the environment itself, and what each flag requests. */
export type RestorePart = 'environment' | keyof RestoreFlags;

/** The flags of a restore, as far as they are known. They may be unknown if it was started elsewhere. */
export type KnownFlags = SomeFlags;

/** 'not-told' if no step names this part. */
export type PartOutcome = StepOutcome | 'not-told';

/**
 * The documented labels of steps. A label in another language or of another release names no part.
 * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/restore_env.html
 */
const LABELS: Readonly<Record<RestorePart, string>> = {
  environment: 'restoring environment backup',
  usersAndPreDefinedRoles: 'importing users and predefined roles',
  dailyMaintenanceStartTime: 'setting daily maintenance start time to that of the backup',
  storedSnapshotsAndFiles: 'uploading stored snapshots and files',
};

export const RESTORE_PARTS = Object.keys(LABELS) as RestorePart[];

/** Whether a part was requested; undefined if the flags are not known. */
export function wasAskedFor(part: RestorePart, flags: KnownFlags): boolean | undefined {
  return part === 'environment' ? true : flags[part];
}

/** What the steps of an ended restore say about each part. */
export function restoredParts(steps: readonly Step[], flags: KnownFlags): (part: RestorePart) => PartOutcome {
  const isLabelled = steps.some((step) => RESTORE_PARTS.some((part) => names(step, part)));
  if (!isLabelled && sayAllDone(steps, flags)) {
    return (part) => (wasAskedFor(part, flags) ? 'done' : 'not-told');
  }
  return (part) => worstOf(steps.filter((step) => names(step, part)).map(outcomeOf));
}

function names({ name }: Step, part: RestorePart): boolean {
  return name.trim().replace(/\s+/g, ' ').toLowerCase() === LABELS[part];
}

/**
 * Even with unknown labels, all parts were restored if there are as many successful steps as requested parts and no
 * other state.
 */
function sayAllDone(steps: readonly Step[], flags: KnownFlags): boolean {
  const asked = RESTORE_PARTS.map((part) => wasAskedFor(part, flags));
  const outcomes = steps.map(outcomeOf);
  const done = outcomes.filter((outcome) => outcome === 'done').length;
  const others = outcomes.filter((outcome) => outcome === 'not-applicable').length;
  const isKnown = asked.every((each) => each !== undefined) && done + others === outcomes.length;
  return isKnown && done >= asked.filter(Boolean).length;
}

const WORST_FIRST: readonly StepOutcome[] = ['failed', 'unclear', 'not-applicable', 'done'];

function worstOf(outcomes: readonly StepOutcome[]): PartOutcome {
  return WORST_FIRST.find((outcome) => outcomes.includes(outcome)) ?? 'not-told';
}
