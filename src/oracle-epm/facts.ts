import * as z from '../schema/schema.ts';
import { EndedAtOnceSchema } from './schemas.ts';

const flag = z.optional(z.boolean());

/**
 * The fields that only handles of a job have.
 *
 * `path` comes from the answer of the start and differs between releases. It must be the path of the status of job
 * `id`, otherwise the handle is refused. If the start named no job, `id` begins with `no-job/`.
 */
export const JobFactsSchema = z.object({
  /** path of the status, from the answer of the start */
  path: z.optional(z.string()),
  /** name of the backup, as sent; the time at its beginning becomes `dataAsOf` of the result */
  backupName: z.optional(z.string()),
  /** name of the snapshot or file, as sent */
  name: z.optional(z.string()),
  /** the environment that a clone overwrites */
  targetUrl: z.optional(z.string()),
  /** the flags that were sent; `aftermath` of the result depends on them */
  flags: z.optional(
    z.object({ usersAndPreDefinedRoles: flag, dailyMaintenanceStartTime: flag, storedSnapshotsAndFiles: flag }),
  ),
  /**
   * instead of `path`, if the answer of the start contained the end; these are the vendor's fields, and `status` is 0
   * or above
   */
  endedAtOnce: z.optional(EndedAtOnceSchema),
});

export type JobFacts = z.Output<typeof JobFactsSchema>;
export type EndedAtOnce = z.Output<typeof EndedAtOnceSchema>;
