/**
 * - 'environment-backup': the whole environment. Use it with `environment.restore`.
 * - 'artifact-snapshot': the artifacts of the application. Copy it, then import it.
 * - 'other': for example an archive of Narrative Reporting.
 */
export type EpmBackupKind = 'environment-backup' | 'artifact-snapshot' | 'other';

export const BACKUP_KINDS: readonly EpmBackupKind[] = ['environment-backup', 'artifact-snapshot', 'other'];

/**
 * Names have the form `<time>/<what>`. The kind follows the first slash, with or without an extension or suffix
 * (OE-16).
 */
export function kindOfBackup(name: string): EpmBackupKind {
  const what = partsOf(name)[1];
  if (what.startsWith('Environment_Backup')) return 'environment-backup';
  return what.startsWith('Artifact_Snapshot') ? 'artifact-snapshot' : 'other';
}

/**
 * When a backup was made. Times in names are in UTC and have no zone (OE-18). In `<time>/<what>_<other time>` it is the
 * second time: the vendor's own sample copies `2022-02-16T21:00:02/Artifact_Snapshot_2021-12-16T21:00:02` as
 * `Backup_16Dec`. The first is the time of archiving. Returns undefined if the name does not show it for certain.
 * @see
 *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_restore_backup_oci.html
 */
export function timeOfBackup(name: string): Date | undefined {
  const [lead, what] = partsOf(name);
  const [, first] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?$/.exec(lead) ?? [];
  const archivedAt = toTime(first);
  const [, second] = /_(\d{4}-\d{2}-\d{2}T.*)$/.exec(what) ?? [];
  if (second === undefined) return archivedAt;
  const madeAt = toTime(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?(?:\.[a-z][a-z.]*)?$/i.exec(second)?.[1]);
  // A backup cannot be archived before it is made.
  const isPossible = madeAt !== undefined && (archivedAt === undefined || madeAt <= archivedAt);
  return isPossible ? madeAt : undefined;
}

function partsOf(name: string): readonly [lead: string, what: string] {
  const slash = name.indexOf('/');
  return slash < 0 ? [name, ''] : [name.slice(0, slash), name.slice(slash + 1)];
}

function toTime(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(`${text}Z`);
  // Date would turn February 30 into March 2.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? date : undefined;
}
