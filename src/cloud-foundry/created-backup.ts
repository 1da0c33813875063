import type { CallOptions } from '../client/client-options.ts';
import type { Poll, PollOptions, Subject } from '../client/operation-kind.ts';
import type { System } from '../client/system.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { StatusDraft } from '../operation/status.ts';
import { isObject, type JsonObject } from '../protocols/poll-response.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type Backup, toBackups } from './backup.ts';
import type { JobFacts } from './facts.ts';
import { BackupListSchema } from './schemas.ts';
import { beganAt, isSince } from './times.ts';
import { request } from './traits.ts';

/**
 * The result of `backups.create`: the new backup. The vendor names it nowhere, so the lists from before the start and
 * after the end are compared (CF-30). `id` and the times are absent if that does not lead to exactly one backup; a
 * warning then says why.
 */
export interface CreatedBackup extends Backup, RestoreResult {
  /**
   * All backups that are new since the start: one, unless somebody else has made one at the same time. Absent if the
   * lists could not be compared.
   */
  readonly newBackups?: readonly Backup[];
}

/** More ids would make the handle too large. Older backups are recognised by their times. */
const MOST_IDS = 500;
const LIST_TIMEOUT_MS = 30_000;

/** Reads all backups of an instance. */
export async function readBackups(
  system: System,
  guid: string,
  options: CallOptions & { readonly limit?: number | undefined },
): Promise<Backup[]> {
  const { limit, ...call } = options;
  const params = { path: { service_instance_guid: guid }, query: omitUndefined({ limit }) };
  const list = request('get', '/v3/service_instances/{service_instance_guid}/backups', { params });
  return toBackups(await system.read(list, BackupListSchema, call));
}

/** The ids of the newest backups, to compare with after the backup. */
export function idsOf(backups: readonly Backup[]): string[] {
  const newestFirst = backups.toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
  return newestFirst.flatMap(({ id }) => id ?? []).slice(0, MOST_IDS);
}

/**
 * The backups that are not among the known ids and are not older than the start. The list may be cut off at a length
 * that is not documented, so an old backup can appear in it.
 */
export function newSince(backups: readonly Backup[], known: readonly string[], start: Date): Backup[] {
  const ids = new Set(known);
  return backups.filter(({ id, createdAt }) => {
    if (id === undefined || ids.has(id) || (createdAt !== undefined && !isSince(createdAt, start))) return false;
    ids.add(id);
    return true;
  });
}

/** Adds the new backup to the end of a job that has made one. */
export function withNewBackup(poll: Poll<RestoreResult>, subject: Subject<JobFacts>): Poll<CreatedBackup> {
  return async (options) => {
    const status = await poll(options);
    if (status.state === 'succeeded') return nameBackup(status, subject, options);
    // Of the other ends, only a partial one has a result, and a job has no partial end.
    return status as StatusDraft<CreatedBackup>;
  };
}

type Succeeded<Result> = StatusDraft<Result> & { readonly state: 'succeeded' };

/** Never fails: the job has made a backup, also if it cannot be named. */
async function nameBackup(
  status: Succeeded<RestoreResult>,
  subject: Subject<JobFacts>,
  options: PollOptions,
): Promise<Succeeded<CreatedBackup>> {
  const found = await compare(isObject(status.raw) ? status.raw : {}, subject, options);
  if (typeof found === 'string') return unnamed(status, 'new-backup-not-known', `A backup was made, but ${found}`);
  const [only, ...others] = found;
  if (!only) {
    const message = 'A backup was made, but the list of backups shows no new one yet.';
    return unnamed(status, 'new-backup-not-known', message, found);
  }
  if (others.length > 0) {
    const ids = found.map(({ id }) => id).join(', ');
    const message = `${found.length} backups are new: ${ids}. Somebody else has made one at the same time, so it is not known which one is yours.`;
    return unnamed(status, 'several-new-backups', message, found);
  }
  const dataAsOf = only.createdAt;
  return { ...status, result: { ...only, ...omitUndefined({ dataAsOf }), aftermath: NAMED, newBackups: found } };
}

const NAMED = ['It is not documented how many backups of an instance are kept, and for how long.'];
const UNNAMED = ['The vendor does not report the id of the new backup; compare the lists before and after.'];

function unnamed(
  status: Succeeded<RestoreResult>,
  code: string,
  message: string,
  newBackups?: readonly Backup[],
): Succeeded<CreatedBackup> {
  return {
    ...status,
    result: { aftermath: UNNAMED, ...omitUndefined({ newBackups }) },
    warnings: [...(status.warnings ?? []), { code, message }],
  };
}

/** The new backups, or why they are not known. */
async function compare(
  job: JsonObject,
  subject: Subject<JobFacts>,
  options: PollOptions,
): Promise<readonly Backup[] | string> {
  const { serviceInstanceGuid: guid, backupIdsBefore: known } = subject.facts;
  if (guid === undefined || known === undefined) return 'the list from before it could not be read.';
  try {
    const backups = await readBackups(subject.system, guid, { ...options, requestTimeoutMs: LIST_TIMEOUT_MS });
    return newSince(backups, known, beganAt(job, subject));
  } catch (error) {
    options.signal?.throwIfAborted();
    return `the list of backups could not be read: ${error instanceof Error ? error.message : 'no reason given'}`;
  }
}
