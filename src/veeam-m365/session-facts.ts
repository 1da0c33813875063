import { IsoTimeSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';
import { SessionTypeSchema } from './session-type.ts';

/** What a handle of a session holds beside the common fields. */
export const SessionFactsSchema = z.object({
  /** the moment that the session shows, as sent; becomes the result's `requestedDateTime` */
  dateTime: z.optional(IsoTimeSchema),
  /** `vex`, `veod`, `vesp` or `vet` */
  type: z.optional(SessionTypeSchema),
  /** what it was opened on: an organization */
  organizationId: z.optional(z.string()),
  /** or a job */
  jobId: z.optional(z.string()),
});

export type SessionFacts = z.Output<typeof SessionFactsSchema>;

/** What a session was opened on. */
export type SessionScope = { readonly organizationId: string } | { readonly jobId: string };

export function scopeOf({ organizationId, jobId }: SessionFacts): SessionScope | undefined {
  if (organizationId !== undefined) return { organizationId };
  return jobId === undefined ? undefined : { jobId };
}
