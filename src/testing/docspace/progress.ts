import type { components } from '../../../generated/docspace.d.ts';
import type { Job, JobView } from './job.ts';
import type { DocSpaceScenario } from './scenario.ts';

type BackupProgress = components['schemas']['BackupProgress'];

/** A restore as the answers tell of it: BackupProgress, with what this server version writes. */
export function describeProgress(job: Job, view: JobView, scenario: DocSpaceScenario): BackupProgress {
  const server = scenario.server ?? '3.7';
  const error = view.ended ? view.error : (scenario.faults?.errorWhileRunning ?? '');
  return {
    isCompleted: view.ended,
    progress: view.progress,
    ...describeError(error, scenario.noErrorAs ?? 'empty'),
    ...(view.warning !== undefined && server !== '3.0' ? { warning: view.warning } : {}),
    tenantId: 1 + 6 * (job.generation + (view.swapped ? 1 : 0)),
    backupProgressEnum: 1,
    ...(server === '3.7' ? { status: view.status } : {}),
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
