import type { Warning } from '../operation/status.ts';
import type { Baseline } from './baseline.ts';
import { isSameTask } from './progress-record.ts';

/**
 * Why a restore that we follow may not be the one that was asked for. Its data is then not known to be that of the
 * backup of the start call.
 */
const IDENTITY_WARNINGS = {
  'existing-task':
    'A restore was running already, and the portal answered the start with it: the backup asked for is not restored by it.',
  'maybe-existing-task':
    'The start was answered with a restore that had advanced already; it may be one that somebody else had started.',
  'found-after-lost-start':
    'The answer of the start was lost; this restore was not there before and is taken for ours, which nothing proves.',
} as const;

export type IdentityWarning = keyof typeof IDENTITY_WARNINGS;

/** The warning that goes with every status of such a restore; none for a word of a newer version. */
export function identityWarnings(identity: string | undefined): readonly Warning[] {
  if (identity === undefined || !Object.hasOwn(IDENTITY_WARNINGS, identity)) return [];
  return [{ code: identity, message: IDENTITY_WARNINGS[identity as IdentityWarning] }];
}

/** A second start gets the restore that is running, with 200 and no word of it (DS-10). */
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
