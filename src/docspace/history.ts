import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { type BackupRecord, toBackupRecord } from './backup-record.ts';
import { dumpParams } from './dump-query.ts';
import { checkShape } from './envelope.ts';
import { isSameTask } from './progress-record.ts';
import { readCall } from './read-call.ts';
import { HistorySchema } from './schemas.ts';
import { request } from './traits.ts';

/** Reads all records of the history. */
export async function readHistory(system: System, dump: boolean, options: CallOptions): Promise<BackupRecord[]> {
  const history = request('get', '/api/2.0/backup/getbackuphistory', { params: dumpParams(dump) });
  return checkShape('The history', HistorySchema, await readCall(system, history, options)).map(toBackupRecord);
}

/** The record with the id; undefined if it is not listed. The `taskId` of a backup is the id of its record. */
export async function findRecord(
  system: System,
  id: string,
  dump: boolean,
  options: CallOptions,
): Promise<BackupRecord | undefined> {
  return (await readHistory(system, dump, options)).find((record) => isSameTask(record.id, id));
}
