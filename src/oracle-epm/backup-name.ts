/**
 * - 'environment-backup': all of the environment; what `environment.restore` takes.
 * - 'artifact-snapshot': the application's artifacts; to be copied and then imported.
 * - 'other': such as the archives of Narrative Reporting.
 */
export type EpmBackupKind = 'environment-backup' | 'artifact-snapshot' | 'other';

export const BACKUP_KINDS: readonly EpmBackupKind[] = ['environment-backup', 'artifact-snapshot', 'other'];

/** Names are `<time>/<what>`; the kind stands behind the first slash, with or without an extension or suffix (OE-16). */
export function kindOfBackup(name: string): EpmBackupKind {
  const what = partsOf(name)[1];
  if (what.startsWith('Environment_Backup')) return 'environment-backup';
  return what.startsWith('Artifact_Snapshot') ? 'artifact-snapshot' : 'other';
}

/**
 * When a backup was made, in UTC, which names print without a zone (OE-18). Of `<time>/<what>_<other time>` it is the
 * second time: the vendor's own sample copies `2022-02-16T21:00:02/Artifact_Snapshot_2021-12-16T21:00:02` as
 * `Backup_16Dec`; the first is when it was put into the archive. undefined where the name does not tell it for certain.
 * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_restore_backup_oci.html
 */
export function timeOfBackup(name: string): Date | undefined {
  const [lead, what] = partsOf(name);
  const [, first] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?$/.exec(lead) ?? [];
  const archivedAt = toTime(first);
  const [, second] = /_(\d{4}-\d{2}-\d{2}T.*)$/.exec(what) ?? [];
  if (second === undefined) return archivedAt;
  const madeAt = toTime(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?(?:\.[a-z][a-z.]*)?$/i.exec(second)?.[1]);
  // Nothing is archived before it is made.
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
  // Days that a month does not have would roll over.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? date : undefined;
}
