import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { HistorySchema } from './schemas.ts';
import { type BackupStorage, readStorageType } from './storage-types.ts';

/** A backup that can be restored. */
export interface BackupRecord {
  /** The `backupId` of a restore. */
  readonly id: string;
  readonly fileName?: string;
  /** Where it lies; absent where the number is not known. */
  readonly storage?: BackupStorage;
  /** The vendor's number. */
  readonly storageType?: number;
  /** When the backup was finished. Servers write UTC, with or without saying so. */
  readonly createdAt?: Date;
  /** Absent: never. Only the backups of the data store expire, after a day. */
  readonly expiresOn?: Date;
}

export function toBackupRecord(record: z.Output<typeof HistorySchema>[number]): BackupRecord {
  const { type, name } = readStorageType(record.storageType);
  const createdAt = toOptionalDate(record.createdOn);
  const expiresOn = toOptionalDate(record.expiresOn);
  return {
    id: record.id,
    ...omitEmpty({ fileName: record.fileName }),
    ...omitUndefined({ storage: name, storageType: type, createdAt, expiresOn }),
  };
}

/** .NET's `DateTime.MinValue`, with which the server says 'never'. */
const YEAR_1 = /^0001-01-01T/;
const WITH_ZONE = /(Z|[+-]\d{2}:?\d{2})$/i;

function toOptionalDate(value: string | null | undefined): Date | undefined {
  if (!value || YEAR_1.test(value)) return undefined;
  // BackupProgressItem.cs stores DateTime.UtcNow, which loses its zone on the way through the database.
  const date = new Date(WITH_ZONE.test(value) ? value : `${value}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
