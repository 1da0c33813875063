import { IsoTimeSchema } from '../client/text-schemas.ts';
import { isSegment } from '../http/path-segment.ts';
import type { Redactor } from '../http/redactor.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { keyOf } from './session-key.ts';
import { WORKLOAD_NAMES, WORKLOADS, type Workload } from './workload.ts';

const IdSchema = z.where(z.string(), isSegment, 'is no id');

/**
 * What a handle of a restore of mailboxes holds beside the common fields.
 *
 * Since v8, a restore has a session of its own, and `id` is the id of that session, which is polled. Up to v7, the server has
 * no id for a restore inside a session, so the client makes `id`. After a resume, the restore is then polled by the events
 * of the session, so `path` is where they are.
 */
export const RestoreFactsSchema = z.object({
  /** the session that it runs in; the same as `id`, if it has a session of its own */
  sessionId: IdSchema,
  /** the session that it was started from, if it has a session of its own */
  startedFrom: z.optional(IdSchema),
  /** what is restored; `name` and `email` identify its events. Empty after `attach` */
  mailboxes: z.array(z.object({ id: IdSchema, name: z.optional(z.string()), email: z.optional(z.string()) })),
  /** what kind of things `mailboxes` names, if they are no mailboxes: 'one-drive', 'site' or 'team' */
  workload: z.optional(z.string()),
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
export function targetOf({ sessionId, startedFrom, mailboxes, workload }: RestoreFacts): string {
  const kind = workload === undefined ? '' : `${workload}/`;
  return `${startedFrom ?? sessionId}/${kind}${mailboxes.map(({ id }) => id).join(',')}`;
}

/** The facts of a restore that turned out to have a session of its own. */
export function inOwnSession(facts: RestoreFacts, id: string): RestoreFacts {
  return { ...facts, sessionId: id, startedFrom: facts.startedFrom ?? facts.sessionId };
}

/** The id of the session of a restore, from the answer of its call; undefined if the answer names none. */
export function restoreSessionOf(redactor: Redactor, body: unknown): string | undefined {
  const id = isObject(body) ? textOf(body.sessionId) : undefined;
  return id !== undefined && isSegment(id) && !redactor.containsSecret(id) ? id : undefined;
}

/** Whether a restore has a session of its own (VM-15). */
export function hasOwnSession({ id, facts }: { readonly id: string; readonly facts: RestoreFacts }): boolean {
  return keyOf(id) === keyOf(facts.sessionId);
}

/** Reads a target of `startOnce`. Undefined if it does not name a restore. */
export function factsOfTarget(instance: string): RestoreFacts | undefined {
  const [, sessionId, workload, ids] = /^([^/]+)\/(?:(one-drive|site|team)\/)?(.+)$/.exec(instance) ?? [];
  if (sessionId === undefined || ids === undefined) return undefined;
  return { sessionId, mailboxes: ids.split(',').map((id) => ({ id })), ...omitUndefined({ workload }) };
}

/** One mailbox by its name, or the number of mailboxes. */
export function describeMailboxes({ mailboxes, workload }: RestoreFacts): string {
  const [only] = mailboxes;
  const what = WORKLOAD_NAMES[workloadOf({ workload })];
  return mailboxes.length === 1 && only
    ? `${what} ${only.name ?? only.email ?? only.id}`
    : `${mailboxes.length} ${what === 'mailbox' ? 'mailboxes' : `${what}s`}`;
}

export function workloadOf({ workload }: Pick<RestoreFacts, 'workload'>): Workload {
  return WORKLOADS.find((each) => each === workload) ?? 'mailbox';
}
