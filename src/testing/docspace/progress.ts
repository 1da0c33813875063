import type { components } from '../../../generated/docspace.d.ts';
import type { Job, JobView } from './job.ts';
import type { DocSpaceScenario } from './scenario.ts';
import { isAtLeast } from './server-version.ts';

type BackupProgress = components['schemas']['BackupProgress'];

const OTHER_TENANT = 99;

/** The progress record of a restore (BackupProgress) with the fields of this server version. */
export function describeProgress(job: Job, view: JobView, scenario: DocSpaceScenario): BackupProgress {
  const error = view.ended ? view.error : (scenario.faults?.errorWhileRunning ?? '');
  return {
    isCompleted: view.ended,
    progress: view.progress,
    ...describeError(error, scenario.noErrorAs ?? 'empty'),
    ...(view.warning !== undefined && isAtLeast(scenario, '3.6') ? { warning: view.warning } : {}),
    tenantId: job.isForeign ? OTHER_TENANT : 1 + 6 * (job.generation + (view.swapped ? 1 : 0)),
    backupProgressEnum: 1,
    ...(isAtLeast(scenario, '3.7') ? { status: view.status } : {}),
    taskId: job.taskId,
  };
}

function describeError(
  error: string,
  noErrorAs: NonNullable<DocSpaceScenario['noErrorAs']>,
): Pick<BackupProgress, 'error'> {
  if (error !== '') return { error };
  switch (noErrorAs) {
    case 'empty':
      return { error: '' };
    case 'null':
      return { error: null };
    case 'absent':
      return {};
    case 'whitespace':
      return { error: ' \r\n' };
  }
}
