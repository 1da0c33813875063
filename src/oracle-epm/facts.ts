import * as z from '../schema/schema.ts';
import { EndedAtOnceSchema } from './schemas.ts';

const flag = z.optional(z.boolean());

/** What a handle of a job holds beside the common fields. */
export const JobFactsSchema = z.object({
  /** where the status is read, as the answer of the start named it */
  path: z.optional(z.string()),
  /** as sent; its leading time becomes the result's `dataAsOf` */
  backupName: z.optional(z.string()),
  /** what was asked for beside the application; what is left out is not known */
  flags: z.optional(
    z.object({ usersAndPreDefinedRoles: flag, dailyMaintenanceStartTime: flag, storedSnapshotsAndFiles: flag }),
  ),
  /** the answer of the start, where it told the end: there is nothing to poll */
  endedAtOnce: z.optional(EndedAtOnceSchema),
});

export type JobFacts = z.Output<typeof JobFactsSchema>;
export type EndedAtOnce = z.Output<typeof EndedAtOnceSchema>;
