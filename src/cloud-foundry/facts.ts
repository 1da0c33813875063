import { IsoTimeSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';

/** What a handle of a job holds beside the common fields. */
export const JobFactsSchema = z.object({
  /** guid of the instance that is restored, or backed up */
  serviceInstanceGuid: z.optional(z.string()),
  /** what time the data is of, where the caller told it */
  dataAsOf: z.optional(IsoTimeSchema),
  /** the start was answered with 200 instead of a job: there is nothing to poll */
  finishedAtOnce: z.optional(z.boolean()),
  /** what the answer of the start warned of */
  warnings: z.optional(z.array(z.string())),
});

export type JobFacts = z.Output<typeof JobFactsSchema>;
