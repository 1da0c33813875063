import type { components } from '../../generated/cloud-foundry.d.ts';
import { toDate } from '../client/dates.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import { toWireTime } from './times.ts';

/** A discrete backup. */
export interface FromBackup {
  readonly backupId: string;
  /** The instance that owns the backup, where that is not the one restored into. */
  readonly serviceInstanceGuid?: string;
  /** When the backup was made, as `listBackups` told it; becomes the result's `dataAsOf`. */
  readonly createdAt?: Date;
}

/** A point in time, for services that can go back to any. */
export interface FromPointInTime {
  readonly pointInTime: Date | string;
  /** Kind of restore point. @default 'pitr' */
  readonly restorePoint?: 'pitr' | (string & {});
  readonly serviceInstanceGuid?: string;
}

/**
 * Where the data comes from. Which fields the vendor allows together is not documented, so the choice is explicit;
 * 'server-default' sends `{}`, whose meaning is not documented either (CF-13).
 */
export type RestoreSource = FromBackup | FromPointInTime | 'server-default';

export interface WireSource {
  readonly body: components['schemas']['RestoreServiceInstanceRequest'];
  readonly dataAsOf: Date | undefined;
}

/** @throws {ConfigurationError} neither or both sources, or a date without a zone */
export function toWireSource(from: RestoreSource): WireSource {
  if (from === 'server-default') return { body: {}, dataAsOf: undefined };
  if (typeof from !== 'object' || from === null) {
    throw new ConfigurationError('from', "must be { backupId }, { pointInTime } or 'server-default'.");
  }
  const hasBackup = 'backupId' in from && from.backupId !== undefined;
  if (hasBackup === isPointInTime(from)) {
    throw new ConfigurationError('from', 'must have one of `backupId` and `pointInTime`.');
  }
  const owner =
    from.serviceInstanceGuid === undefined
      ? {}
      : { source_service_instance_guid: requireSegment('from.serviceInstanceGuid', from.serviceInstanceGuid) };
  if (isPointInTime(from)) {
    const dataAsOf = toDate('from.pointInTime', from.pointInTime);
    const kind = requireSegment('from.restorePoint', from.restorePoint ?? 'pitr');
    return { body: { restore_point: kind, target_timestamp: toWireTime(dataAsOf), ...owner }, dataAsOf };
  }
  const dataAsOf = from.createdAt === undefined ? undefined : toDate('from.createdAt', from.createdAt);
  return { body: { backup_id: requireSegment('from.backupId', from.backupId), ...owner }, dataAsOf };
}

function isPointInTime(from: FromBackup | FromPointInTime): from is FromPointInTime {
  return 'pointInTime' in from && from.pointInTime !== undefined;
}
