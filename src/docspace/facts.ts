import { IsoTimeSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';

/** What a handle of a restore holds beside the common fields. */
export const RestoreFactsSchema = z.object({
  /** true: a restore of the whole server; false: of the portal; absent: not known, so polls ask for both */
  dump: z.optional(z.boolean()),
  /** whom the portal mails: true all active users, false its owner; absent: not known */
  notify: z.optional(z.boolean()),
  /** of the data, where the caller told it; absent where `identity` is there */
  dataAsOf: z.optional(IsoTimeSchema),
  /** why this may be another restore than the one that was asked for; becomes a warning with that code */
  identity: z.optional(z.string()),
});

export type RestoreFacts = z.Output<typeof RestoreFactsSchema>;

/** The facts of a restore that may not be the requested one, so its backup is not known. */
export function factsOfUnsure(dump: boolean | undefined, identity: string): RestoreFacts {
  return omitUndefined({ dump, identity });
}
