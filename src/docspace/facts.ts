import { IsoTimeSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';

/** The fields that only handles of a restore have. */
export const RestoreFactsSchema = z.object({
  /**
   * true for a restore of the whole server, false for one of the portal; if absent, it is not known, and polls ask for
   * both
   */
  dump: z.optional(z.boolean()),
  /** who gets mail: all active users if true, only the owner if false; absent if it is not known */
  notify: z.optional(z.boolean()),
  /** time of the data, if the caller passed it; absent if there is `identity` */
  dataAsOf: z.optional(IsoTimeSchema),
  /** why this may not be the requested restore; it becomes a warning with this code */
  identity: z.optional(z.string()),
});

export type RestoreFacts = z.Output<typeof RestoreFactsSchema>;

export const BackupFactsSchema = z.object({
  /** true for a backup of the whole server, false for one of the portal */
  dump: z.optional(z.boolean()),
  /** why this may not be the requested backup; it becomes a warning with this code */
  identity: z.optional(z.string()),
});

export type BackupFacts = z.Output<typeof BackupFactsSchema>;

/** The facts of a job that may not be the requested one, so only these are known. */
export function factsOfUnsure(dump: boolean | undefined, identity: string): BackupFacts {
  return omitUndefined({ dump, identity });
}
