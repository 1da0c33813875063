import type { components } from '../../../generated/docspace.d.ts';
import type { DocSpaceBackup } from './archives.ts';
import { guid } from './ids.ts';
import type { Portal } from './portal.ts';
import { isAtLeast } from './server-version.ts';

type BackupProgress = components['schemas']['BackupProgress'];

const BACKUP_MS = 10_000;
const DAY_MS = 86_400_000;
const CANCELED_TEXT = 'Backup cancelled';

/** A backup as it was queued. Its state is computed from this and the time. */
interface BackupJob {
  readonly taskId: string;
  readonly startedAt: number;
  readonly storageType: number;
  readonly dump: boolean;
  /** Began before the emulator was made, by somebody else. */
  readonly isForeign: boolean;
  canceledAt?: number;
  /** Whether its record in the history was written. */
  isRecorded?: boolean;
}

/** The parameters of a start that was accepted. */
export type BackupStart = Pick<BackupJob, 'storageType' | 'dump'>;

/** The queue of backups: one job of the portal, and one of the server. */
export function createBackupJobs(portal: Portal) {
  const { clock, scenario } = portal;
  const { durationMs = BACKUP_MS, end = {} } = scenario.backup ?? {};
  const truth = end.truth ?? 'succeeded';
  const stopsAt = end.atPercent ?? (truth === 'succeeded' ? 100 : 45);
  const jobs: BackupJob[] = [];

  const enqueue = (job: Omit<BackupJob, 'taskId'>): BackupJob => {
    const queued = { ...job, taskId: guid(0x7c9e6679, jobs.length + 1) };
    jobs.push(queued);
    return queued;
  };
  const { otherBackup } = scenario;
  if (otherBackup) {
    enqueue({ startedAt: clock.now() - otherBackup.agoMs, storageType: 4, dump: false, isForeign: true });
  }

  /** When the job ends by itself. */
  const endsAt = ({ startedAt }: BackupJob): number => startedAt + (durationMs * stopsAt) / 100;
  const isCanceled = (job: BackupJob): boolean => job.canceledAt !== undefined && job.canceledAt < endsAt(job);
  const hasEnded = (job: BackupJob): boolean =>
    (isCanceled(job) && clock.now() > (job.canceledAt ?? 0)) || (clock.now() >= endsAt(job) && truth !== 'never');
  const succeeded = (job: BackupJob): boolean =>
    hasEnded(job) && !isCanceled(job) && (job.isForeign || truth === 'succeeded');

  const nameOf = (job: BackupJob): string => {
    const stamp = new Date(endsAt(job)).toISOString().slice(0, 19).replace('T', '_').replaceAll(':', '-');
    return `${job.dump ? 'workspace' : 'portal'}_${stamp}.tar.gz`;
  };
  const linkOf = (job: BackupJob): string => {
    if (!succeeded(job)) return '';
    if (job.storageType === 4)
      return `https://portal.example.com/storage/backup/${nameOf(job)}?expires=1&signature=b4c7d1`;
    return job.storageType === 5 ? `https://storage.internal/backup/${nameOf(job)}` : '';
  };

  const statusOf = (job: BackupJob): number => {
    if (isCanceled(job) && hasEnded(job)) return 3;
    if (hasEnded(job)) return end.status ?? 2;
    return clock.now() === job.startedAt ? 0 : 1;
  };
  const progressOf = (job: BackupJob): number => {
    const until = isCanceled(job) ? Math.min(clock.now(), job.canceledAt ?? 0) : clock.now();
    const position = Math.min(stopsAt, (100 * (until - job.startedAt)) / durationMs);
    return position >= 100 ? 100 : Math.floor(0.9 * position);
  };
  const failed = (job: BackupJob): boolean => hasEnded(job) && !isCanceled(job) && !succeeded(job);
  const warningOf = (job: BackupJob): string | undefined => {
    if (!hasEnded(job)) return undefined;
    return isCanceled(job) ? CANCELED_TEXT : end.warning;
  };

  /** Records of finished backups are written even if nobody reads the progress. */
  const settle = (): void => {
    for (const job of jobs) {
      if (job.isRecorded || !succeeded(job)) continue;
      job.isRecorded = true;
      portal.addBackup({
        id: job.taskId,
        fileName: nameOf(job),
        storageType: job.storageType,
        createdOn: new Date(endsAt(job)).toISOString().slice(0, 19),
        // Only the data store lets go of its archives.
        ...(job.storageType === 4 ? { expiresOn: new Date(endsAt(job) + DAY_MS).toISOString().slice(0, 19) } : {}),
        ...(scenario.backup?.archiveMissing ? { archive: 'missing' as const } : {}),
        dump: job.dump,
      } satisfies DocSpaceBackup);
    }
  };

  /** A canceled job is out of sight, and comes back with its end where the worker writes it. */
  const isInSight = (job: BackupJob): boolean => {
    if (job.canceledAt === undefined) return true;
    const { cancelShows = 'end' } = scenario.backup ?? {};
    return cancelShows === 'end' && isCanceled(job) && clock.now() - job.canceledAt >= 5_000;
  };
  const current = (dump: boolean): BackupJob | undefined => jobs.findLast((job) => job.dump === dump);

  return {
    settle,
    start({ storageType, dump }: BackupStart): BackupJob {
      settle();
      const last = current(dump);
      // A job that runs is the answer to a second start (DS-10); one that has ended is replaced.
      if (last && !hasEnded(last) && isInSight(last)) return last;
      return enqueue({ startedAt: clock.now(), storageType, dump, isForeign: false });
    },
    visible(dump: boolean): BackupJob | undefined {
      settle();
      const last = current(dump);
      return last && isInSight(last) ? last : undefined;
    },
    /** Takes every job of the portal out of the queue, the finished ones too. */
    cancel(): boolean {
      settle();
      const queued = jobs.filter((job) => job.canceledAt === undefined);
      for (const job of queued) job.canceledAt = clock.now();
      return queued.length > 0;
    },
    describe: (job: BackupJob): BackupProgress => {
      const warning = warningOf(job);
      return {
        isCompleted: hasEnded(job),
        progress: progressOf(job),
        error: failed(job) ? (end.error ?? 'There is not enough space on the disk.') : '',
        ...(warning !== undefined && isAtLeast(scenario, '3.6') ? { warning } : {}),
        link: linkOf(job),
        tenantId: portal.tenantId(),
        backupProgressEnum: 0,
        ...(isAtLeast(scenario, '3.7') ? { status: statusOf(job) } : {}),
        taskId: job.taskId,
      };
    },
  };
}
