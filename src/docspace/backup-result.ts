import type { RestoreResult } from '../operation/restore-result.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { BackupRecord } from './backup-record.ts';

/**
 * The result of a backup. `dataAsOf` is the time when it was finished, and `aftermath` says what becomes of it: when the
 * server deletes it, and that its id changes when the portal is restored (DS-14).
 */
export interface BackupResult extends RestoreResult {
  /** The id of the backup, for `backupId` of a restore. It is the id of the operation too. */
  readonly backupId: string;
  /**
   * Its record in the history, which proves that the archive exists. Absent if the history could not be read; then there
   * is the warning 'not-verified'.
   */
  readonly backup?: BackupRecord;
  /**
   * Where the archive can be downloaded. For the data store it is a signed URL that is valid for a day: everyone who has it
   * can download the backup, so keep it out of logs. Absent for documents and local folders.
   */
  readonly link?: string;
}

/** The result with the record of the history, if that is known. */
export function backupResult(
  backupId: string,
  backup: BackupRecord | undefined,
  link: string | undefined,
): BackupResult {
  const { createdAt, expiresOn } = backup ?? {};
  const aftermath = [
    'A restore of the portal gives all backups new ids; keep the file name of this one too.',
    ...(expiresOn
      ? [`The server deletes this backup at ${expiresOn.toISOString()}; download it, or make one in another storage.`]
      : []),
  ];
  return { backupId, aftermath, ...omitUndefined({ backup, link, dataAsOf: createdAt }) };
}
