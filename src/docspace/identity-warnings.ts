import type { Warning } from '../operation/status.ts';
import type { Baseline } from './baseline.ts';
import { isSameTask } from './progress-record.ts';

/**
 * Reasons why the operation may not be the restore that was requested. Then it is not known whether its data is that of
 * the requested backup.
 */
const IDENTITY_WARNINGS = {
  'existing-task':
    'A restore was already running, and the portal answered the start with it. It does not restore the requested backup.',
  'maybe-existing-task':
    'The start was answered with a restore that was already in progress; somebody else may have started it.',
  'found-after-lost-start':
    'The answer of the start was lost. This restore is new and probably the requested one, but that is not proven.',
} as const;

export type IdentityWarning = keyof typeof IDENTITY_WARNINGS;

/** The warning that is added to every status of such a restore; none for a reason of a newer version. */
export function identityWarnings(identity: string | undefined): readonly Warning[] {
  if (identity === undefined || !Object.hasOwn(IDENTITY_WARNINGS, identity)) return [];
  return [{ code: identity, message: IDENTITY_WARNINGS[identity as IdentityWarning] }];
}

/** A second start is answered 200 with the restore that is already running (DS-10). */
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
