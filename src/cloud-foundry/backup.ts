import { ConfigurationError } from '../errors/configuration-error.ts';
import { SelectionError } from '../errors/selection-error.ts';
import type { Redactor } from '../http/redactor.ts';
import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { BackupListSchema } from './schemas.ts';

export interface Backup {
  /** The id of the backup. The vendor documents it as optional. */
  readonly id?: string;
  /**
   * When the backup was made. The number is read as seconds since the epoch, or as milliseconds if it is above 1e11;
   * the vendor documents only "Unix timestamp" (CF-10).
   */
  readonly createdAt?: Date;
  /** The number that the server sent. */
  readonly createdAtRaw?: number;
  /**
   * What the id seems to say, if it has the form `<guid of the instance>_<seconds since 1970>`. The plugin
   * ApplicationDataBackupRestore of the cf CLI shows such ids, but nothing promises their meaning. So it is a hint for
   * people, and no method decides by it.
   */
  readonly hint?: BackupHint;
}

export interface BackupHint {
  /** The instance that owns the backup. */
  readonly serviceInstanceGuid: string;
  readonly time: Date;
}

/** A backup with an id and a known time. */
export interface DatedBackup extends Backup {
  readonly id: string;
  readonly createdAt: Date;
}

const MOST_SECONDS = 1e11;
const ID_WITH_HINT = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_(\d{9,11})$/i;

export function hintOf(id: string | null | undefined): BackupHint | undefined {
  const [, serviceInstanceGuid, seconds] = ID_WITH_HINT.exec(id ?? '') ?? [];
  return serviceInstanceGuid === undefined
    ? undefined
    : { serviceInstanceGuid, time: new Date(Number(seconds) * 1_000) };
}

export function toBackups(list: z.Output<typeof BackupListSchema>): Backup[] {
  return list.backups.map(({ id, created_at: raw }) => {
    const createdAt = typeof raw === 'number' ? new Date(raw > MOST_SECONDS ? raw : raw * 1_000) : undefined;
    const isTime = createdAt !== undefined && !Number.isNaN(createdAt.getTime());
    return {
      ...omitEmpty({ id }),
      ...omitUndefined({
        createdAt: isTime ? createdAt : undefined,
        createdAtRaw: typeof raw === 'number' ? raw : undefined,
        hint: hintOf(id),
      }),
    };
  });
}

/**
 * The newest backup by its time, because the order of the list is not documented.
 * @param redactor removes secrets that the server echoes from the error
 * @throws {SelectionError} 'none', 'no-time', or 'several' that were made in the same second
 */
export function latestBackup(backups: readonly Backup[], instanceGuid: string, redactor: Redactor): DatedBackup {
  const of = `service instance ${instanceGuid}`;
  if (backups.length === 0) throw new SelectionError(`There is no backup of ${of}.`, { reason: 'none' });
  const latestMs = Math.max(...backups.map(({ createdAt }) => createdAt?.getTime() ?? Number.NEGATIVE_INFINITY));
  if (latestMs === Number.NEGATIVE_INFINITY) {
    throw new SelectionError(`No backup of ${of} has a time; choose one by its id.`, {
      reason: 'no-time',
      found: redactor.data(backups),
    });
  }
  const latest = backups.filter(({ createdAt }) => createdAt?.getTime() === latestMs);
  const dated = latest.filter(isDated);
  if (dated.length < latest.length) {
    // Taking an older backup instead would silently lose data.
    throw new SelectionError(`The latest backup of ${of} has no id, so it cannot be restored.`, {
      reason: 'none',
      found: redactor.data(backups),
    });
  }
  const [first] = dated;
  if (!first || dated.some(({ id }) => id !== first.id)) {
    throw new SelectionError(`${dated.length} backups of ${of} were made at the same time; choose one by its id.`, {
      reason: 'several',
      found: redactor.data(latest),
    });
  }
  return first;
}

function isDated(backup: Backup): backup is DatedBackup {
  return backup.id !== undefined && backup.createdAt !== undefined;
}

/**
 * Finds the backup that is new in the second of two lists, because neither the answer nor the job of a created backup
 * names it (CF-30). Returns undefined if there is none.
 * @throws {ConfigurationError} several backups are new, so it is not known which one is yours
 */
export function findNewBackup(before: readonly Backup[], after: readonly Backup[]): Backup | undefined {
  const known = new Set(before.map(({ id }) => id));
  const added = after.filter(({ id }) => id !== undefined && !known.has(id));
  if (added.length > 1) {
    throw new ConfigurationError('after', `holds ${added.length} new backups; another one was made at the same time.`);
  }
  return added[0];
}
