import type { components } from '../../generated/cloud-foundry.d.ts';
import { toDate } from '../client/dates.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalSegment } from '../http/path-segment.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { toWireTime } from './times.ts';

/** Values that the documentation of the vendor or its command line plugin shows. */
export type CloudFoundryRestorePoint = 'pitr' | 'full-only' | 'latest' | (string & {});

/** A discrete backup. Other fields are sent with its id; their meaning is not documented. */
export interface FromBackup {
  readonly backupId: string;
  /** Kind of restore point, such as `full-only` or `latest`. @default not sent */
  readonly restorePoint?: CloudFoundryRestorePoint | undefined;
  /** Sent in whole seconds. @default not sent */
  readonly pointInTime?: Date | string | undefined;
  /** The instance that owns the backup, if it is not the instance that is restored. */
  readonly serviceInstanceGuid?: string | undefined;
  /** When the backup was made, as `backups.list` returned it. It becomes `dataAsOf` of the result and is not sent. */
  readonly createdAt?: Date | string | undefined;
}

/** A point in time, for services that can restore any point in time. */
export interface FromPointInTime {
  /** Sent in whole seconds. A text needs a zone. */
  readonly pointInTime: Date | string;
  /** Kind of restore point. @default 'pitr' */
  readonly restorePoint?: CloudFoundryRestorePoint | undefined;
  /** The instance that owns the data, if it is not the instance that is restored. */
  readonly serviceInstanceGuid?: string | undefined;
}

/**
 * Where the data comes from. It is not documented which fields may be combined, so all fields that are set are sent,
 * and the server decides. 'server-default' sends `{}`, whose meaning is not documented either (CF-13).
 */
export type CloudFoundryRestoreSource = FromBackup | FromPointInTime | 'server-default';

export interface WireSource {
  readonly body: components['schemas']['RestoreServiceInstanceRequest'];
  readonly dataAsOf: Date | undefined;
}

const FIELDS = ['backupId', 'restorePoint', 'pointInTime', 'serviceInstanceGuid', 'createdAt'] as const;

/** @throws {ConfigurationError} no source, a field that is unknown or wrong, or a date without a zone */
export function toWireSource(from: CloudFoundryRestoreSource): WireSource {
  if (from === 'server-default') return { body: {}, dataAsOf: undefined };
  if (typeof from !== 'object' || from === null) {
    throw new ConfigurationError('from', "must be { backupId }, { pointInTime } or 'server-default'.");
  }
  refuseUnknown(from, FIELDS);
  const { backupId, restorePoint, pointInTime, serviceInstanceGuid, createdAt }: Partial<FromBackup> = from;
  if (backupId === undefined && pointInTime === undefined) {
    throw new ConfigurationError('from', 'must have `backupId` or `pointInTime`.');
  }
  if (createdAt !== undefined && backupId === undefined) {
    throw new ConfigurationError('from.createdAt', 'is the time of a backup, and there is no `backupId`.');
  }
  const madeAt = createdAt === undefined ? undefined : toDate('from.createdAt', createdAt);
  const timestamp = pointInTime === undefined ? undefined : toWireTime(toDate('from.pointInTime', pointInTime));
  const kind = restorePoint ?? (backupId === undefined ? 'pitr' : undefined);
  const body = omitUndefined({
    backup_id: optionalSegment('from.backupId', backupId),
    restore_point: optionalSegment('from.restorePoint', kind),
    target_timestamp: timestamp,
    source_service_instance_guid: optionalSegment('from.serviceInstanceGuid', serviceInstanceGuid),
  });
  // Only the data of a plain backup is certainly from the time of the backup. With `latest`, later changes are
  // included.
  const isPlainBackup = restorePoint === undefined || restorePoint === 'full-only';
  const dataAsOf = timestamp === undefined ? (isPlainBackup ? madeAt : undefined) : new Date(timestamp);
  return { body, dataAsOf };
}
