import { IsoTimeSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';

/** The fields that only handles of a job have. */
export const JobFactsSchema = z.object({
  /** the instance that is overwritten or backed up; it is read for the reason if a failed job has none */
  serviceInstanceGuid: z.optional(z.string()),
  /** time of the data, if the caller passed it */
  dataAsOf: z.optional(IsoTimeSchema),
  /** instead of `path`: the start was answered 200, and `id` begins with `no-job/` */
  finishedAtOnce: z.optional(z.boolean()),
  /** of a backup: the ids of the backups before it, at most 500; absent if they could not be read */
  backupIdsBefore: z.optional(z.array(z.string())),
  /** warnings in the answer of the start */
  warnings: z.optional(z.array(z.string())),
});

export type JobFacts = z.Output<typeof JobFactsSchema>;
