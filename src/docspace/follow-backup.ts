import type { Poll, PollOptions, Subject } from '../client/operation-kind.ts';
import { ApiError } from '../errors/api-error.ts';
import { HandleError } from '../errors/handle-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { StatusDraft, Warning } from '../operation/status.ts';
import type { PollResponse } from '../protocols/poll-response.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { pollBackupProgress, readBackupProgress } from './backup-progress.ts';
import type { BackupRecord } from './backup-record.ts';
import { type BackupResult, backupResult } from './backup-result.ts';
import { cancelRequestedAt } from './cancel-backup.ts';
import { decideProgress } from './decide-progress.ts';
import { contentOf } from './envelope.ts';
import type { BackupFacts } from './facts.ts';
import { findRecord } from './history.ts';
import { identityWarnings } from './identity-warnings.ts';
import { isSameTask, otherJob } from './progress-record.ts';
import { readTenantStatus } from './settings.ts';

/** After a cancellation, the server may still write the end of the backup, or its record, within this time. */
const CANCELED_AFTER_MS = 30_000;
const POLL_AGAIN_MS = 5_000;

const NOT_VERIFIED: Warning = {
  code: 'not-verified',
  message:
    'The portal reports success, but its history could not be read, so it is not proven that the archive exists.',
};
const PROGRESS_GONE: Warning = {
  code: 'progress-gone',
  message: 'The portal no longer shows the progress of this backup, but lists it in the history.',
};
const CANCELED =
  'The cancellation was accepted. The portal no longer shows the backup, and does not list it in the history.';

/**
 * Follows a backup by its progress record. Success counts only if the history lists the backup, because the server lists
 * only backups whose archive exists. If the record is gone, because another backup has replaced it, the history decides.
 */
export function followBackup(subject: Subject<BackupFacts>): Poll<BackupResult> {
  const { system, id, facts } = subject;
  const dump = facts.dump === true;
  const find = (options: PollOptions) => findRecord(system, id, dump, options);
  const poll = async (options: PollOptions): Promise<PollResponse> => {
    const response = await pollBackupProgress(system, dump, options);
    if (!isSameTask(readBackupProgress(response.body)?.taskId, id)) throw new NotShown();
    const other = otherJob(contentOf(response.body), 'backup');
    if (other !== undefined) throw new HandleError('id', `names ${other}, not a backup.`);
    return response;
  };
  const decide = decideProgress<BackupResult>({
    fetchStatus: poll,
    taskId: id,
    result: (body) => backupResult(id, undefined, readBackupProgress(body)?.link),
    tenantStatus: (options) => readTenantStatus(system, options),
  });
  const warnings = identityWarnings(facts.identity, 'backup');
  return async (options) => {
    const status = await decide(options).catch((error: unknown) => {
      if (error instanceof NotShown) return withoutProgress(subject, () => find(options));
      throw error;
    });
    const verified =
      status.state === 'succeeded' && !status.result.backup ? await verify(status, () => find(options)) : status;
    return { ...verified, warnings: [...warnings, ...(verified.warnings ?? [])] };
  };
}

/** The portal shows another backup, or none. */
class NotShown extends Error {}

type Find = () => Promise<BackupRecord | undefined>;
type Succeeded = Extract<StatusDraft<BackupResult>, { readonly state: 'succeeded' }>;

/** Adds the record of the history to a success. Without a record, the backup cannot be restored: that is no success. */
async function verify(status: Succeeded, find: Find): Promise<StatusDraft<BackupResult>> {
  let backup: BackupRecord | undefined;
  try {
    backup = (await find()) ?? (await find());
  } catch (error) {
    // A refusal does not change. After anything else the poll is repeated.
    if (!ApiError.isInstance(error) || error.isRetryable || error.status === 401) throw error;
    return { ...status, warnings: [...(status.warnings ?? []), NOT_VERIFIED] };
  }
  const { result, raw } = status;
  if (backup) return { ...status, result: backupResult(result.backupId, backup, result.link) };
  const message = 'The portal reports success, but does not list the backup, so its archive is missing.';
  return { state: 'failed', failure: { message, details: raw }, ...omitUndefined({ warnings: status.warnings, raw }) };
}

async function withoutProgress(subject: Subject<BackupFacts>, find: Find): Promise<StatusDraft<BackupResult>> {
  const { id, system } = subject;
  const backup = await find();
  if (backup) return { state: 'succeeded', result: backupResult(id, backup, undefined), warnings: [PROGRESS_GONE] };
  const canceledAt = cancelRequestedAt(subject);
  const message = `The portal neither shows the progress of backup ${id} nor lists it in the history.`;
  if (canceledAt === undefined) throw new UnexpectedResponseError(message, { status: 200 });
  if (system.clock.now() - canceledAt >= CANCELED_AFTER_MS) {
    return { state: 'canceled', failure: { message: CANCELED, details: undefined } };
  }
  return { state: 'running', message: `It was canceled. ${message}`, pollAfterMs: POLL_AGAIN_MS };
}
