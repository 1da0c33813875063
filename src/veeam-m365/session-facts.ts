import { IsoTimeSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
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
  /** or a backup repository; with the organization */
  repositoryId: z.optional(z.string()),
  /** or data that was retrieved from an archive */
  dataRetrievalId: z.optional(z.string()),
  /** or what belongs to the login: `tenant` or `operator` */
  login: z.optional(z.where(z.string(), (login) => login === 'tenant' || login === 'operator', 'is no kind of login')),
});

export type SessionFacts = z.Output<typeof SessionFactsSchema>;

/** What a session was opened on. */
export type SessionScope =
  | { readonly organizationId: string; readonly repositoryId?: string }
  | { readonly jobId: string }
  | { readonly dataRetrievalId: string }
  | { readonly login: 'tenant' | 'operator' };

export function scopeOf(facts: SessionFacts): SessionScope | undefined {
  const { organizationId, repositoryId, jobId, dataRetrievalId, login } = facts;
  if (organizationId !== undefined) return { organizationId, ...omitUndefined({ repositoryId }) };
  if (jobId !== undefined) return { jobId };
  if (dataRetrievalId !== undefined) return { dataRetrievalId };
  return login === 'tenant' || login === 'operator' ? { login } : undefined;
}
