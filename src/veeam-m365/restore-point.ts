import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import type { RestorePointSchema } from './schemas.ts';
import { toBackupTime } from './times.ts';

/** One backup of an organization or of a job. Fields are absent where the server does not tell them. */
export interface RestorePoint {
  readonly id: string;
  /** The `dateTime` of a session that shows it. Rounded up to the millisecond. */
  readonly createdAt?: Date;
  readonly jobId?: string;
  readonly organizationId?: string;
  readonly repositoryId?: string;
  readonly isExchange?: boolean;
  readonly isSharePoint?: boolean;
  readonly isOneDrive?: boolean;
  readonly isTeams?: boolean;
}

export function toRestorePoint(wire: z.Output<typeof RestorePointSchema>): RestorePoint {
  const { id, jobId, organizationId, repositoryId, isExchange, isSharePoint, isOneDrive, isTeams } = wire;
  return {
    id,
    ...omitEmpty({ createdAt: toBackupTime(wire.backupTime), jobId, organizationId, repositoryId }),
    ...omitEmpty({ isExchange, isSharePoint, isOneDrive, isTeams }),
  };
}
