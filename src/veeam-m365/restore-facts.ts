import { IsoTimeSchema } from '../client/text-schemas.ts';
import { isSegment } from '../http/path-segment.ts';
import * as z from '../schema/schema.ts';

const IdSchema = z.where(z.string(), isSegment, 'is no id');

/**
 * What a handle of a restore of mailboxes holds beside the common fields.
 *
 * The server has no id for a restore inside a session, so the client makes `id`. After a resume, the restore is polled by
 * the events of the session, so `path` is where they are.
 */
export const RestoreFactsSchema = z.object({
  /** the session that it runs in */
  sessionId: IdSchema,
  /** what is restored; `name` and `email` identify its events */
  mailboxes: z.array(z.object({ id: IdSchema, name: z.optional(z.string()), email: z.optional(z.string()) })),
  /** true: a call for several mailboxes, whose answer has another form */
  isBulk: z.optional(z.boolean()),
  /** the address of another mailbox that the data goes to */
  to: z.optional(z.string()),
  /** when the request was sent, by the server's clock; its events start then */
  serverStartedAt: z.optional(IsoTimeSchema),
  /** the moment that the session shows, as sent; becomes the result's `requestedDateTime` */
  dateTime: z.optional(IsoTimeSchema),
});

export type RestoreFacts = z.Output<typeof RestoreFactsSchema>;

/** A mailbox as a handle names it. */
export type NamedMailbox = RestoreFacts['mailboxes'][number];

/** The target for `startOnce`: the session and the mailboxes. */
export function targetOf({ sessionId, mailboxes }: RestoreFacts): string {
  return `${sessionId}/${mailboxes.map(({ id }) => id).join(',')}`;
}

/** Reads a target of `startOnce`. Undefined if it does not name a restore. */
export function factsOfTarget(instance: string): RestoreFacts | undefined {
  const [, sessionId, ids] = /^([^/]+)\/(.+)$/.exec(instance) ?? [];
  if (sessionId === undefined || ids === undefined) return undefined;
  return { sessionId, mailboxes: ids.split(',').map((id) => ({ id })) };
}

/** One mailbox by its name, or the number of mailboxes. */
export function describeMailboxes({ mailboxes }: RestoreFacts): string {
  const [only] = mailboxes;
  return mailboxes.length === 1 && only
    ? `mailbox ${only.name ?? only.email ?? only.id}`
    : `${mailboxes.length} mailboxes`;
}
