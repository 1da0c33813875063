import type { Warning } from '../operation/status.ts';
import type { Baseline } from './baseline.ts';
import { isSameTask, type JobName } from './progress-record.ts';

/**
 * Reasons why the operation may not be the one that was requested. Then it is not known whether its data is that of the
 * requested backup, or where the backup is stored.
 */
const IDENTITY_WARNINGS = {
  'existing-task': (job: JobName) =>
    `A ${job} was already running, and the portal answered the start with it. ${DIFFERENCE[job]}`,
  'maybe-existing-task': (job: JobName) =>
    `The start was answered with a ${job} that was already in progress; somebody else may have started it.`,
  'found-after-lost-start': (job: JobName) =>
    `The answer of the start was lost. This ${job} is new and probably the requested one, but that is not proven.`,
} as const;

const DIFFERENCE: Readonly<Record<JobName, string>> = {
  restore: 'It does not restore the requested backup.',
  backup: 'It may be stored elsewhere than requested.',
};

export type IdentityWarning = keyof typeof IDENTITY_WARNINGS;

/** The warning that is added to every status of such a job; none for a reason of a newer version. */
export function identityWarnings(identity: string | undefined, job: JobName): readonly Warning[] {
  if (identity === undefined || !Object.hasOwn(IDENTITY_WARNINGS, identity)) return [];
  return [{ code: identity, message: IDENTITY_WARNINGS[identity as IdentityWarning](job) }];
}

/** A second start is answered 200 with the job that is already running (DS-10). */
export function identityOf(
  baseline: Baseline | undefined,
  started: { readonly taskId: string; readonly isCompleted: boolean; readonly percent: number | undefined },
): IdentityWarning | undefined {
  const isExisting = baseline?.restores.some(
    ({ taskId, isCompleted }) => !isCompleted && isSameTask(taskId, started.taskId),
  );
  if (isExisting) return 'existing-task';
  return baseline === undefined && !started.isCompleted && (started.percent ?? 0) > 0
    ? 'maybe-existing-task'
    : undefined;
}
