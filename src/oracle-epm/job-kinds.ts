import type { OperationKind, Poll, PollOptions, Subject } from '../client/operation-kind.ts';
import { HandleError } from '../errors/handle-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { isSegment } from '../http/path-segment.ts';
import type { StatusDraft } from '../operation/status.ts';
import { copyOf } from './copied-file.ts';
import { decideJob, type JobReport } from './decide-job.ts';
import { endedAtOnce } from './ended-at-once.ts';
import { type JobFacts, JobFactsSchema } from './facts.ts';
import { nothingToAsk } from './investigate.ts';
import { type JobAddress, jobAddress } from './job-address.ts';
import { type EpmJobResult, reportOf, restoreReport } from './job-reports.ts';
import { withReason } from './migration-messages.ts';

/** A kind of jobs, and what its start needs. */
export interface JobKind<Result = EpmJobResult> extends OperationKind<JobFacts, Result> {
  /** Names one job in a message: `the import of April`. */
  readonly what: (facts: JobFacts) => string;
  /** The call that makes an operation from the id of a job of this kind. */
  readonly follow: string;
  /** What a person should do if the answer of the start was lost. */
  readonly advice: string;
}

/** What differs between the kinds of jobs. */
interface JobTraits<Result> extends Pick<JobKind<Result>, 'what' | 'overwrites'> {
  readonly name: string;
  /** The path of the status without the id, for a job of which only the id is known; left out if it is not documented. */
  readonly folder?: string;
  readonly follow?: string;
  readonly check: string;
  readonly report: (facts: JobFacts) => JobReport<Result>;
  /** Reads more about a job that has ended. */
  readonly atEnd?: (
    status: StatusDraft<Result>,
    subject: Subject<JobFacts>,
    options: PollOptions,
  ) => Promise<StatusDraft<Result>>;
  /** Whether the environment that is polled may be unreachable meanwhile. @default false */
  readonly takesEnvironmentDown?: boolean;
}

const HOUR_MS = 3_600_000;

/** All jobs are alike: a start names a status address, and the `status` in its answers decides. */
export function jobKind<Result>(traits: JobTraits<Result>): JobKind<Result> {
  const { name, what, folder, report, atEnd, overwrites } = traits;
  const kind = `oracle-epm/${name}`;
  const follow = traits.follow ?? `attachJob({ kind: '${kind}', id })`;
  const advice = `${traits.check} With the id of the job, ${follow} follows it.`;
  const reading =
    (poll: Poll<Result>, subject: Subject<JobFacts>): Poll<Result> =>
    async (options) => {
      const status = await poll(options);
      return atEnd && status.state !== 'running' ? atEnd(status, subject, options) : status;
    };
  return {
    kind,
    facts: JobFactsSchema,
    // Answers about a status do not name the job (OE-3), so there is nothing to compare. Only the path identifies the
    // job.
    isOwn: () => true,
    // A 404 means a job that the server has forgotten or does not know yet (OE-25). A 403 may be temporary, because a
    // restore replaces the roles of the user (OE-21).
    failedPolls: { unauthorized: 'refused', forbidden: 'outage', notFound: 'absent' },
    // No duration is documented, and environments may have any size. A backup of another release fails soon (OE-19).
    timeoutMs: 24 * HOUR_MS,
    // It is not documented how long an environment that is being restored may be unreachable.
    outageToleranceMs: traits.takesEnvironmentDown ? 2 * HOUR_MS : HOUR_MS / 2,
    checkHandle: checkPath,
    factsOfTarget: () => ({}),
    // The path from the answer of the start is used for all polls, because later answers have no links (OE-3). The
    // status is read with GET (OE-7).
    statusRequest: ({ id, facts }) => {
      const path = facts.path ?? (folder && `${folder}${encodeURIComponent(id)}`);
      return facts.endedAtOnce || path === undefined ? undefined : { method: 'GET', path };
    },
    decide: (fetchStatus, subject) => reading(decideJob(fetchStatus, report(subject.facts)), subject),
    endedAtStart: (subject) => {
      const poll = endedAtOnce(subject.facts, report(subject.facts));
      return poll && reading(poll, subject);
    },
    ...(overwrites ? { overwrites } : {}),
    investigate: async (_, { facts, startedAt }) => nothingToAsk(what(facts), startedAt, advice),
    what,
    follow,
    advice,
  };
}

const V2_JOBS = '/interop/rest/v2/status/jobs/';
const MIGRATION = '/interop/rest/v2/status/migration/';
const V1_JOBS = '/interop/rest/v1/services/jobs/';
const SEE_FILES = "in the list of the environment's files (`/interop/rest/v2/files/list`)";

/** The restore of an environment. */
export const restoreKind = jobKind<EpmJobResult>({
  name: 'restore-environment',
  what: ({ backupName }) => `the restore of ${backupName ?? 'the environment'}`,
  folder: '/interop/rest/v1/services/restoreenvironment/status/',
  follow: 'attach({ id })',
  check:
    'Sign in to the environment: if it cannot be used, or if its data, its groups or its daily maintenance start time are those of the backup, the restore was started. If nothing has changed for some hours, ask Oracle Support about that time before anyone starts again.',
  report: restoreReport,
  overwrites: () => '',
  takesEnvironmentDown: true,
});

/** The copy of a backup from the archive to the files of the environment. */
export const copyKind = jobKind<EpmJobResult>({
  name: 'copy-backup',
  what: ({ backupName }) => `the copy of ${backupName ?? 'a backup'}`,
  folder: V2_JOBS,
  follow: 'backups.attachCopy({ id })',
  check: `Look for the copy ${SEE_FILES} before you copy again.`,
  report: reportOf('copy-backup'),
  atEnd: copyOf,
});

export const exportKind = jobKind<EpmJobResult>({
  name: 'export-snapshot',
  what: ({ name }) => `the export of ${name ?? 'a snapshot'}`,
  folder: MIGRATION,
  check: 'Read the Migration Status Report of the environment before you export again.',
  report: reportOf('export-snapshot'),
  atEnd: withReason,
});

/** The import of a snapshot overwrites what it holds in the application. */
export const importKind = jobKind<EpmJobResult>({
  name: 'import-snapshot',
  what: ({ name }) => `the import of ${name ?? 'a snapshot'}`,
  folder: MIGRATION,
  check: 'Read the Migration Status Report of the environment before you import again.',
  report: reportOf('import-snapshot'),
  atEnd: withReason,
  overwrites: () => '',
  takesEnvironmentDown: true,
});

export const copySnapshotKind = jobKind<EpmJobResult>({
  name: 'copy-snapshot',
  what: ({ name }) => `the copy of ${name ?? 'a snapshot'}`,
  folder: V2_JOBS,
  check: `Look for the snapshot ${SEE_FILES} before you copy again.`,
  report: reportOf('copy-snapshot'),
});

export const recreateKind = jobKind<EpmJobResult>({
  name: 'recreate',
  what: () => 'the deletion of the application for a clean environment',
  check: 'Sign in to the environment: if it has no application any more, it was started.',
  report: reportOf('recreate'),
  overwrites: () => '',
  takesEnvironmentDown: true,
});

/** A clone overwrites another environment than the one that is asked about it. */
export const cloneKind = jobKind<EpmJobResult>({
  name: 'clone-environment',
  what: ({ targetUrl }) => `the clone to ${targetUrl ?? 'another environment'}`,
  check: 'Sign in to the target: if it cannot be used, or if its data are those of the source, the clone was started.',
  report: reportOf('clone-environment'),
  overwrites: ({ targetUrl = '' }) => targetUrl,
});

export const maintenanceKind = jobKind<EpmJobResult>({
  name: 'run-maintenance',
  what: () => 'the daily maintenance',
  folder: '/interop/rest/v2/status/service/maintenancewindow/',
  check: 'Sign in to the environment: during its maintenance it logs users off.',
  report: reportOf('run-maintenance'),
  takesEnvironmentDown: true,
});

export const toStorageKind = jobKind<EpmJobResult>({
  name: 'copy-to-object-storage',
  what: ({ name }) => `the copy of ${name ?? 'a file'} to the object storage`,
  folder: V2_JOBS,
  check: 'Look for the object in its bucket before you copy again.',
  report: reportOf('copy-to-object-storage'),
});

export const fromStorageKind = jobKind<EpmJobResult>({
  name: 'copy-from-object-storage',
  what: ({ name }) => `the copy of ${name ?? 'a file'} from the object storage`,
  folder: V2_JOBS,
  check: `Look for the file ${SEE_FILES} before you copy again.`,
  report: reportOf('copy-from-object-storage'),
});

/** The last request of an upload, after which a snapshot is unpacked. */
export const uploadKind = jobKind<EpmJobResult>({
  name: 'upload',
  what: ({ name }) => `the end of the upload of ${name ?? 'a file'}`,
  folder: V1_JOBS,
  check: `Look for the file ${SEE_FILES}. If it is not there, upload it again.`,
  report: reportOf('upload'),
});

/** @throws {HandleError} the path of a saved handle is not the path of this job's status */
function checkPath({ system, id, facts }: Subject<JobFacts>): void {
  const { path } = facts;
  if (path === undefined) {
    if (facts.endedAtOnce || isSegment(id)) return;
    throw new HandleError('id', 'is no id of a job.');
  }
  if (isPathOf(path, id, system.transport)) return;
  throw new HandleError('path', `is not the path of the status of job ${id}; use the handle as it was saved.`);
}

/** Whether a path is the one of the status of this job. */
export function isPathOf(path: string, id: string, own: Parameters<typeof jobAddress>[1]): boolean {
  const address = readAddress(path, own);
  return address?.path === path && address.id === id;
}

function readAddress(path: string, own: Parameters<typeof jobAddress>[1]): JobAddress | undefined {
  try {
    return jobAddress(path, own);
  } catch (error) {
    if (UntrustedLocationError.isInstance(error)) return undefined;
    throw error;
  }
}
