import { IsoTimeSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';

/** What a handle of a restore holds beside the common fields. */
export const RestoreFactsSchema = z.object({
  /** true: a restore of the whole server; false: of the portal */
  dump: z.optional(z.boolean()),
  /** what time the data is of, where the caller told it. Absent where `identity` is there */
  dataAsOf: z.optional(IsoTimeSchema),
  /** why this may be another restore than the one that was asked for; becomes a warning with that code */
  identity: z.optional(z.string()),
});

export type RestoreFacts = z.Output<typeof RestoreFactsSchema>;
