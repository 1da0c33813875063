import type { OperationKind, Subject } from '../client/operation-kind.ts';
import { HandleError } from '../errors/handle-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { isSegment } from '../http/path-segment.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { decideJob } from './decide-job.ts';
import { endedAtOnce } from './ended-at-once.ts';
import { type JobFacts, JobFactsSchema } from './facts.ts';
import { nothingToAsk } from './investigate.ts';
import { type JobAddress, jobAddress } from './job-address.ts';
import { COPY_REPORT, restoreReport } from './job-reports.ts';

type JobKind = OperationKind<JobFacts, RestoreResult>;

const HOUR_MS = 3_600_000;

/** What both kinds of jobs have in common. */
const job = {
  facts: JobFactsSchema,
  // Answers about a status do not name the job (OE-3), so there is nothing to compare. Only the path identifies the
  // job.
  isOwn: () => true,
  // A 404 means a job that the server has forgotten or does not know yet (OE-25). A 403 may be temporary, because a
  // restore replaces the roles of the user (OE-21).
  failedPolls: { unauthorized: 'refused', forbidden: 'outage', notFound: 'absent' },
  // No duration is documented, and environments may have any size. A backup of another release fails soon (OE-19).
  timeoutMs: 24 * HOUR_MS,
  checkHandle: checkPath,
  factsOfTarget: () => ({}),
} satisfies Partial<JobKind>;

/** The restore of an environment. */
export const restoreKind: JobKind = {
  ...job,
  kind: 'oracle-epm/restore-environment',
  statusRequest: statusRequestBelow('/interop/rest/v1/services/restoreenvironment/status/'),
  decide: (fetchStatus, { facts }) => decideJob(fetchStatus, restoreReport(facts)),
  endedAtStart: ({ facts }) => endedAtOnce(facts, restoreReport(facts)),
  // The environment that is polled is being restored, and it is not documented how long it may be unreachable.
  outageToleranceMs: 2 * HOUR_MS,
  overwrites: () => '',
  investigate: async (_, lost) =>
    nothingToAsk(`the restore of ${lost.facts.backupName ?? 'the environment'}`, lost.startedAt, RESTORE_ADVICE),
};

/** The copy of a backup from the archive to the files of the environment. */
export const copyKind: JobKind = {
  ...job,
  kind: 'oracle-epm/copy-backup',
  statusRequest: statusRequestBelow('/interop/rest/v2/status/jobs/'),
  decide: (fetchStatus) => decideJob(fetchStatus, COPY_REPORT),
  endedAtStart: ({ facts }) => endedAtOnce(facts, COPY_REPORT),
  outageToleranceMs: HOUR_MS / 2,
  investigate: async (_, lost) =>
    nothingToAsk(`the copy of ${lost.facts.backupName ?? 'a backup'}`, lost.startedAt, COPY_ADVICE),
};

export const RESTORE_ADVICE =
  'Sign in to the environment: if it cannot be used, or if its data, its groups or its daily maintenance start time are those of the backup, the restore was started. If nothing has changed for some hours, ask Oracle Support about that time before anyone starts again. With the id of the job, attach({ id }) follows it.';
/** The calls that make an operation from the id of a job, for each kind. */
export const FOLLOW_RESTORE = 'attach({ id })';
export const FOLLOW_COPY = 'backups.attachCopy({ id })';
export const COPY_ADVICE =
  "Look for the copy in the list of the environment's files (`/interop/rest/v2/files/list`) before you copy again. With the id of the job, backups.attachCopy({ id }) follows it.";

/**
 * The path from the answer of the start is used for all polls, because later answers have no links (OE-3). The status
 * is read with GET (OE-7).
 */
function statusRequestBelow(folder: string): JobKind['statusRequest'] {
  return ({ id, facts }) => {
    if (facts.endedAtOnce) return undefined;
    return { method: 'GET', path: facts.path ?? `${folder}${encodeURIComponent(id)}` };
  };
}

/** @throws {HandleError} the path of a saved handle is not the path of this job's status */
function checkPath({ system, id, facts }: Subject<JobFacts>): void {
  const { path } = facts;
  if (path === undefined) {
    if (facts.endedAtOnce || isSegment(id)) return;
    throw new HandleError('id', 'is no id of a job.');
  }
  const address = readAddress(path, system.transport);
  if (address?.path === path && address.id === id) return;
  throw new HandleError('path', `is not the path of the status of job ${id}; use the handle as it was saved.`);
}

function readAddress(path: string, own: Parameters<typeof jobAddress>[1]): JobAddress | undefined {
  try {
    return jobAddress(path, own);
  } catch (error) {
    if (UntrustedLocationError.isInstance(error)) return undefined;
    throw error;
  }
}
