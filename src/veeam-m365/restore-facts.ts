import { IsoTimeSchema } from '../client/text-schemas.ts';
import { isSegment } from '../http/path-segment.ts';
import * as z from '../schema/schema.ts';

const IdSchema = z.where(z.string(), isSegment, 'is no id');

/**
 * What a handle of a restore of mailboxes holds beside the common fields.
 *
 * The server gives a restore inside a session no id: `id` is made by the client. After a resume, the events of the session
 * tell its end, so `path` is where they are.
 */
export const RestoreFactsSchema = z.object({
  /** the session that it runs in */
  sessionId: IdSchema,
  /** what is restored; its events are told by `name` and `email` */
  mailboxes: z.array(z.object({ id: IdSchema, name: z.optional(z.string()), email: z.optional(z.string()) })),
  /** true: a call for several mailboxes, whose answer has another form */
  isBulk: z.optional(z.boolean()),
  /** the address of another mailbox that the data goes to */
  to: z.optional(z.string()),
  /** when it was sent, by the server's clock: its events begin then */
  serverStartedAt: z.optional(IsoTimeSchema),
  /** the moment that the session shows, as sent; becomes the result's `requestedDateTime` */
  dateTime: z.optional(IsoTimeSchema),
});

export type RestoreFacts = z.Output<typeof RestoreFactsSchema>;

/** A mailbox as a handle names it. */
export type NamedMailbox = RestoreFacts['mailboxes'][number];

/** What `startOnce` takes for the target: the session, and the mailboxes. */
export function targetOf({ sessionId, mailboxes }: RestoreFacts): string {
  return `${sessionId}/${mailboxes.map(({ id }) => id).join(',')}`;
}

/** What a target names; undefined where it is none of a restore. */
export function factsOfTarget(instance: string): RestoreFacts | undefined {
  const [, sessionId, ids] = /^([^/]+)\/(.+)$/.exec(instance) ?? [];
  if (sessionId === undefined || ids === undefined) return undefined;
  return { sessionId, mailboxes: ids.split(',').map((id) => ({ id })) };
}

/** A mailbox, or how many. */
export function describeMailboxes({ mailboxes }: RestoreFacts): string {
  const [only] = mailboxes;
  return mailboxes.length === 1 && only
    ? `mailbox ${only.name ?? only.email ?? only.id}`
    : `${mailboxes.length} mailboxes`;
}
