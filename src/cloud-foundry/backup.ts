import { ConfigurationError } from '../errors/configuration-error.ts';
import { SelectionError } from '../errors/selection-error.ts';
import type { Redactor } from '../http/redactor.ts';
import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { BackupListSchema } from './schemas.ts';

export interface Backup {
  /** Optional in the vendor's documentation. */
  readonly id?: string;
  /** Read as seconds since the epoch, or as milliseconds above 1e11; the vendor says "Unix timestamp" only (CF-10). */
  readonly createdAt?: Date;
  /** The number as sent. */
  readonly createdAtRaw?: number;
}

/** A backup that can be restored from, and whose age is known. */
export interface DatedBackup extends Backup {
  readonly id: string;
  readonly createdAt: Date;
}

const MOST_SECONDS = 1e11;

export function toBackups(list: z.Output<typeof BackupListSchema>): Backup[] {
  return list.backups.map(({ id, created_at: raw }) => {
    const createdAt = typeof raw === 'number' ? new Date(raw > MOST_SECONDS ? raw : raw * 1_000) : undefined;
    const isTime = createdAt !== undefined && !Number.isNaN(createdAt.getTime());
    return {
      ...omitEmpty({ id }),
      ...omitUndefined({
        createdAt: isTime ? createdAt : undefined,
        createdAtRaw: typeof raw === 'number' ? raw : undefined,
      }),
    };
  });
}

/**
 * The backup that was made last, by its time: the order of the list is not documented.
 * @param redactor takes secrets that the server echoes out of the error
 * @throws {SelectionError} 'none', 'no-time', or 'several' that were made in the same second
 */
export function latestBackup(backups: readonly Backup[], instanceGuid: string, redactor: Redactor): DatedBackup {
  const of = `service instance ${instanceGuid}`;
  if (backups.length === 0) throw new SelectionError(`There is no backup of ${of}.`, { reason: 'none' });
  const latestMs = Math.max(...backups.map(({ createdAt }) => createdAt?.getTime() ?? Number.NEGATIVE_INFINITY));
  if (latestMs === Number.NEGATIVE_INFINITY) {
    throw new SelectionError(`No backup of ${of} tells when it was made; choose one by its id.`, {
      reason: 'no-time',
      found: redactor.data(backups),
    });
  }
  const latest = backups.filter(({ createdAt }) => createdAt?.getTime() === latestMs);
  const dated = latest.filter(isDated);
  if (dated.length < latest.length) {
    // An older one in its place would be a silent loss of data.
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
 * The backup that appeared between two lists, since neither the answer nor the job of a created backup names it (CF-30).
 * undefined where there is none.
 * @throws {ConfigurationError} several appeared: which one is yours cannot be told
 */
export function findNewBackup(before: readonly Backup[], after: readonly Backup[]): Backup | undefined {
  const known = new Set(before.map(({ id }) => id));
  const added = after.filter(({ id }) => id !== undefined && !known.has(id));
  if (added.length > 1) {
    throw new ConfigurationError(
      'after',
      `holds ${added.length} new backups; somebody else made one at the same time.`,
    );
  }
  return added[0];
}
