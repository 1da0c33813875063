import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { PermissionError } from '../errors/permission-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { type PollResponse, textOf } from '../protocols/poll-response.ts';
import type { FoundJob } from './baseline.ts';
import { dumpParams } from './dump-query.ts';
import { contentOf, refuseErrorEnvelope } from './envelope.ts';
import { explainRefusal } from './explain-refusal.ts';
import { type RestoreProgress, readProgress } from './progress-record.ts';
import { request } from './traits.ts';

/**
 * The progress of the last backup of the portal, even if somebody else or the schedule has started it. The portal shows it
 * for up to 24 hours, or until the next backup begins (DS-7).
 */
export interface BackupProgress extends RestoreProgress {
  /**
   * Where the finished archive can be downloaded. For the data store it is a signed URL that is valid for a day: everyone
   * who has it can download the backup. Absent for documents and local folders.
   */
  readonly link?: string;
}

export function backupProgressRequest(dump: boolean): ApiRequest {
  return request('get', '/api/2.0/backup/getbackupprogress', { params: dumpParams(dump) });
}

/** Sends one poll of the progress of a backup, with credentials. */
export async function pollBackupProgress(system: System, dump: boolean, options: CallOptions): Promise<PollResponse> {
  try {
    const answer = await system.poll(backupProgressRequest(dump), options);
    refuseErrorEnvelope(answer.body, system.transport.redactor);
    return answer;
  } catch (error) {
    const told = await explainRefusal(system, error, options);
    options.signal?.throwIfAborted();
    // A restore that has locked the portal ends some day, so that is an outage and no refusal.
    if (PermissionError.isInstance(told) && told.reason !== undefined) {
      throw new UnexpectedResponseError(told.message, { status: told.status });
    }
    throw told;
  }
}

/** Reads the record of an answer; undefined if it holds none (DS-6). */
export function readBackupProgress(body: unknown): BackupProgress | undefined {
  const progress = readProgress(body);
  const link = textOf(Object(contentOf(body)).link);
  return progress && link !== undefined ? { ...progress, link } : progress;
}

/** The backup that the portal shows, for a start. */
export async function readBackups(
  system: System,
  dump: boolean | undefined,
  options: CallOptions,
): Promise<readonly FoundJob[]> {
  const { body } = await pollBackupProgress(system, dump === true, options);
  const progress = readProgress(body);
  return progress ? [{ ...progress, dump: dump === true }] : [];
}
