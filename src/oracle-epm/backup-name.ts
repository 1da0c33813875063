/**
 * - 'environment-backup': all of the environment; what `environment.restore` takes.
 * - 'artifact-snapshot': the application's artifacts; to be copied and then imported.
 * - 'other': such as the archives of Narrative Reporting.
 */
export type EpmBackupKind = 'environment-backup' | 'artifact-snapshot' | 'other';

/** Names are `<time>/<what>`; the kind stands behind the first slash, with or without an extension or suffix (OE-16). */
export function kindOfBackup(name: string): EpmBackupKind {
  const slash = name.indexOf('/');
  const what = slash < 0 ? '' : name.slice(slash + 1);
  if (what.startsWith('Environment_Backup')) return 'environment-backup';
  return what.startsWith('Artifact_Snapshot') ? 'artifact-snapshot' : 'other';
}

/** The UTC time that a name begins with, printed without a zone; undefined where it is unreadable (OE-18). */
export function timeOfBackup(name: string): Date | undefined {
  const [, text] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?(?:\/|$)/.exec(name) ?? [];
  const date = new Date(`${text}Z`);
  // Days that a month does not have would roll over.
  return text !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? date : undefined;
}
