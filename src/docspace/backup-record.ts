import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { HistorySchema } from './schemas.ts';
import { type BackupStorage, readStorageType } from './storage-types.ts';

/** A backup that can be restored. */
export interface BackupRecord {
  /** The id, for `backupId` of a restore. */
  readonly id: string;
  readonly fileName?: string;
  /** Where the archive is stored; absent if the vendor's number is not known. */
  readonly storage?: BackupStorage;
  /** The vendor's number of the storage. */
  readonly storageType?: number;
  /** When the backup was finished. Servers write UTC, with or without a zone. */
  readonly createdAt?: Date;
  /** When the backup expires; absent if it does not. Only backups in the data store expire, after a day. */
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

/** .NET's `DateTime.MinValue`, which the server sends for 'never'. */
const YEAR_1 = /^0001-01-01T/;
const WITH_ZONE = /(Z|[+-]\d{2}:?\d{2})$/i;

/** A time of the server, which is UTC if it has no zone; undefined if it is absent, no time, or 'never'. */
export function toOptionalDate(value: string | null | undefined): Date | undefined {
  if (!value || YEAR_1.test(value)) return undefined;
  // BackupProgressItem.cs stores DateTime.UtcNow, which loses its zone in the database.
  const date = new Date(WITH_ZONE.test(value) ? value : `${value}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
