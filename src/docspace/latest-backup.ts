import { SelectionError } from '../errors/selection-error.ts';
import type { BackupRecord } from './backup-record.ts';

/**
 * The newest backup by its time.
 * @throws {SelectionError} there is none, two have the same newest time, or none has a time
 */
export function latestBackup(records: readonly BackupRecord[]): BackupRecord {
  if (records.length === 0) throw new SelectionError('The portal has no backup.', { reason: 'none' });
  const times = records.flatMap(({ createdAt }) => (createdAt ? [createdAt.getTime()] : []));
  const newestAt = times.reduce((newest, time) => Math.max(newest, time), Number.NEGATIVE_INFINITY);
  const newest = records.filter(({ createdAt }) => createdAt?.getTime() === newestAt);
  const [latest] = newest;
  if (!latest) {
    const message = `The portal has ${records.length} backups, but none has a time. Choose one by its id.`;
    throw new SelectionError(message, { reason: 'no-time', found: records });
  }
  if (newest.length > 1) {
    const ids = newest.map(({ id }) => id).join(', ');
    const message = `${newest.length} backups were made at ${latest.createdAt?.toISOString()}: ${ids}. Choose one by its id.`;
    throw new SelectionError(message, { reason: 'several', found: newest });
  }
  return latest;
}
