import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import type { JobSchema } from './schemas.ts';
import { toBackupTime, toOptionalDate } from './times.ts';

/** A backup job. Fields are absent where the server does not tell them. */
export interface Job {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  /** `EntireOrganization` or `SelectedItems`; the v5 documents write a small first letter. */
  readonly backupType?: string;
  readonly repositoryId?: string;
  /** Since v8. */
  readonly organizationId?: string;
  readonly isEnabled?: boolean;
  /** `Stopped`, `Running`, `Success`, `Failed`, `Warning`, `NotConfigured`, `Disconnected` or `Queued`. */
  readonly lastStatus?: string;
  readonly lastRun?: Date;
  readonly nextRun?: Date;
  /** Since v7. */
  readonly lastBackup?: Date;
}

export function toJob(wire: z.Output<typeof JobSchema>): Job {
  const { id, name, description, backupType, repositoryId, organizationId, isEnabled, lastStatus } = wire;
  return {
    id,
    ...omitEmpty({ name, description, backupType, repositoryId, organizationId, isEnabled, lastStatus }),
    ...omitEmpty({
      lastRun: toOptionalDate(wire.lastRun),
      nextRun: toOptionalDate(wire.nextRun),
      lastBackup: toBackupTime(wire.lastBackup),
    }),
  };
}
