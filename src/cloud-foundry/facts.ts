import { IsoTimeSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';

/** What a handle of a job holds beside the common fields. */
export const JobFactsSchema = z.object({
  /** the instance that is overwritten, or backed up; asked for a reason where a failed job gives none */
  serviceInstanceGuid: z.optional(z.string()),
  /** of the data, where the caller told it */
  dataAsOf: z.optional(IsoTimeSchema),
  /** instead of `path`: the start was answered 200, and `id` begins with `no-job/` */
  finishedAtOnce: z.optional(z.boolean()),
  /** what the answer of the start warned of, where it did */
  warnings: z.optional(z.array(z.string())),
});

export type JobFacts = z.Output<typeof JobFactsSchema>;
