import { textOf } from '../protocols/poll-response.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { checkShape, contentOf } from './envelope.ts';
import { ProgressSchema } from './schemas.ts';

/**
 * The progress of the last restore of the portal, even if somebody else started it. The portal shows it for up to 24
 * hours (DS-7).
 */
export interface RestoreProgress {
  /** The id of the restore, a GUID. `docspace.attach({ id: taskId })` follows it. */
  readonly taskId?: string;
  /** Whether the restore has ended, with success or not (DS-3). */
  readonly isCompleted: boolean;
  /** 0 to 100. At 100 the restore need not have ended (DS-5). */
  readonly percent?: number;
  /** Why it failed; absent after a success and if it was canceled (DS-3, DS-4). */
  readonly error?: string;
  readonly warning?: string;
  /**
   * The vendor's status. It may lag, and is 'completed' after failures too. Absent on servers up to 3.6 (DS-3, DS-27).
   */
  readonly status?: 'created' | 'running' | 'completed' | 'canceled' | 'failed';
}

/** The kinds of jobs that this package follows. */
export type JobName = 'restore' | 'backup';

/** `backupProgressEnum` by number. */
const JOBS = ['backup', 'restore', 'transfer'] as const;

/** What kind of job a record is of; undefined if it does not say, or says something unknown (DS-26). */
function jobOf(record: unknown): (typeof JOBS)[number] | undefined {
  const value: unknown = Object(record).backupProgressEnum;
  const byName = JOBS.find((name) => typeof value === 'string' && name === value.toLowerCase());
  return byName ?? JOBS[toStatusCode(value) ?? -1];
}

/** Names the kind of a record that is of another job than `wanted`, for `attach` with the id of the wrong kind. */
export function otherJob(record: unknown, wanted: JobName): string | undefined {
  const job = jobOf(record);
  return job === undefined || job === wanted ? undefined : `a ${job} of the portal`;
}

/** The names by number. The vendor misspells the last one (DS-26). */
const STATUSES = ['created', 'running', 'completed', 'canceled', 'failed'] as const;

/**
 * Reads the record of an answer; undefined if it holds none (DS-6).
 * @throws {UnexpectedResponseError} it does not have the documented shape
 */
export function readProgress(body: unknown): RestoreProgress | undefined {
  const content = contentOf(body);
  if (content === undefined) return undefined;
  const record = checkShape('The progress', ProgressSchema, content);
  const taskId = textOf(record.taskId);
  const percent = toPercent(record.progress);
  const error = textOf(record.error);
  const warning = textOf(record.warning);
  const status = toTaskStatus(record.status);
  return omitUndefined({ taskId, isCompleted: record.isCompleted, percent, error, warning, status });
}

/** Whether two ids are the same. The case of a GUID does not matter. */
export function isSameTask(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

export function toPercent(value: unknown): number | undefined {
  const number = typeof value === 'number' ? value : toStatusCode(value);
  return number !== undefined && number >= 0 && number <= 100 ? number : undefined;
}

function toTaskStatus(value: unknown): RestoreProgress['status'] {
  if (typeof value === 'string' && value.toLowerCase() === 'failted') return 'failed';
  const byName = STATUSES.find((name) => typeof value === 'string' && name === value.toLowerCase());
  return byName ?? STATUSES[toStatusCode(value) ?? -1];
}
