import { ConfigurationError } from '../errors/configuration-error.ts';
import { SelectionError } from '../errors/selection-error.ts';
import { BACKUP_KINDS, type EpmBackupKind } from './backup-name.ts';
import type { EpmBackup } from './epm-backup.ts';

/** @throws {ConfigurationError} the value is no kind of backup */
export function requireBackupKind(value: unknown): EpmBackupKind {
  const kind = BACKUP_KINDS.find((each) => each === value);
  if (kind !== undefined) return kind;
  throw new ConfigurationError('kind', `must be one of ${BACKUP_KINDS.map((each) => `'${each}'`).join(', ')}.`);
}

/**
 * The newest backup of a kind by the time in its name, because the order of the vendor's list is not documented.
 * @throws {SelectionError} there is none, none has a time, or two have the same newest time
 */
export function latestBackup(backups: readonly EpmBackup[], kind: EpmBackupKind): EpmBackup {
  const found = backups.filter((backup) => backup.kind === kind);
  if (found.length === 0) {
    throw new SelectionError(`The archive has no backup of kind '${kind}'.`, { reason: 'none' });
  }
  const newest = Math.max(...found.map(({ createdAt }) => createdAt?.getTime() ?? Number.NEGATIVE_INFINITY));
  const [latest, ...others] = found.filter(({ createdAt }) => createdAt?.getTime() === newest);
  if (latest === undefined) {
    throw new SelectionError(`None of the ${found.length} backups of kind '${kind}' has a time in its name.`, {
      reason: 'no-time',
      found,
    });
  }
  if (others.length > 0) {
    throw new SelectionError(`${others.length + 1} backups of kind '${kind}' have the newest time.`, {
      reason: 'several',
      found: [latest, ...others],
    });
  }
  return latest;
}
