import { ConfigurationError } from '../errors/configuration-error.ts';
import type * as z from '../schema/schema.ts';
import type { BackupListSchema } from './schemas.ts';

export interface Backup {
  /** Optional in the vendor's documentation. */
  readonly id?: string;
  /** Read as seconds since the epoch, or as milliseconds above 1e11; the vendor says "Unix timestamp" only (CF-10). */
  readonly createdAt?: Date;
  /** The number as sent. */
  readonly createdAtRaw?: number;
}

const MOST_SECONDS = 1e11;

export function toBackups(list: z.Output<typeof BackupListSchema>): Backup[] {
  return list.backups.map(({ id, created_at: raw }) => ({
    ...(id ? { id } : {}),
    ...(typeof raw === 'number'
      ? { createdAt: new Date(raw > MOST_SECONDS ? raw : raw * 1_000), createdAtRaw: raw }
      : {}),
  }));
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
