import * as z from '../schema/schema.ts';
import { EndedAtOnceSchema } from './schemas.ts';

const flag = z.optional(z.boolean());

/**
 * What a handle of a job holds beside the common fields.
 *
 * `path` is the one that the start answer named, which differs between releases. It must be the status of job `id`, or the
 * handle is refused. Where the start named no job, `id` begins with `no-job/`.
 */
export const JobFactsSchema = z.object({
  /** where the status is read, as the answer of the start named it */
  path: z.optional(z.string()),
  /** as sent; its leading time becomes the result's `dataAsOf` */
  backupName: z.optional(z.string()),
  /** what was sent beside the application; decides what the result's `aftermath` says */
  flags: z.optional(
    z.object({ usersAndPreDefinedRoles: flag, dailyMaintenanceStartTime: flag, storedSnapshotsAndFiles: flag }),
  ),
  /** instead of `path`: the start answer told the end. The fields are the vendor's, `status` is 0 or above */
  endedAtOnce: z.optional(EndedAtOnceSchema),
});

export type JobFacts = z.Output<typeof JobFactsSchema>;
export type EndedAtOnce = z.Output<typeof EndedAtOnceSchema>;
