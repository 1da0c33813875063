import { type FailedPolls, verdictOnFailedPoll } from '../client/failed-poll.ts';
import { IsoTimeSchema } from '../client/text-schemas.ts';
import type { Operation } from '../operation/operation.ts';
import * as z from '../schema/schema.ts';
import type { VeeamContext } from './context.ts';
import { isWorking, pollSession } from './decide-session.ts';
import { type RestoreSessionResult, toResult, withEvents } from './events-at-end.ts';
import { fetchSession } from './fetch-session.ts';
import type { RestoreRecords } from './restore-records.ts';
import { type RestoreSessionType, SessionTypeSchema } from './session-type.ts';

/** What a session was opened on. */
export type SessionScope = { readonly organizationId: string } | { readonly jobId: string };

/** What a handle of this system holds beside the common fields. */
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

export interface SessionFacts {
  readonly id: string;
  readonly startedAt: Date;
  readonly note?: string | undefined;
  /** ISO 8601, as it was sent. */
  readonly dateTime?: string | undefined;
  readonly type?: RestoreSessionType | undefined;
  readonly scope?: SessionScope | undefined;
  /** What the answer of the start asked for. */
  readonly pollAfterMs?: number | undefined;
}

const FAILED_POLLS: FailedPolls = {
  unauthorized: 'refused',
  forbidden: 'refused',
  // Purged, or of another login: how it ended cannot be told.
  notFound: 'absent',
  unprovenCredentialEndsWait: true,
};

const HOUR_MS = 3_600_000;

/**
 * A session as an operation. Deadline 24 h, since a session that nobody stops may live for ever; outage tolerance
 * 30 min, since the backup server itself is not what is being restored.
 */
export function sessionOperation(
  context: VeeamContext,
  facts: SessionFacts,
  records: RestoreRecords,
): Operation<RestoreSessionResult> {
  const { system, dialect } = context;
  const { id, startedAt, note, dateTime, type, scope } = facts;
  const poll = pollSession(
    (options) => fetchSession(context, id, options),
    () => toResult(dateTime),
  );
  return system.operation<RestoreSessionResult>({
    kind: dialect.kind,
    id,
    startedAt,
    ...(note === undefined ? {} : { note }),
    ...(facts.pollAfterMs === undefined ? {} : { pollAfterMs: facts.pollAfterMs }),
    handle: {
      path: `/${dialect.version}/RestoreSessions/${encodeURIComponent(id)}`,
      ...(dateTime === undefined ? {} : { dateTime }),
      ...(type === undefined ? {} : { type }),
      ...scope,
    },
    poll: async (options) => withEvents(await poll(options), { context, id, records, signal: options.signal }),
    outage: (error) =>
      verdictOnFailedPoll(error, FAILED_POLLS, { wereAccepted: system.transport.credentialsWereAccepted }),
    isReady: ({ raw }) => isWorking(raw),
    timeoutMs: 24 * HOUR_MS,
    outageToleranceMs: HOUR_MS / 2,
    timeoutAdvice:
      'A session lives until somebody stops it, or it expires; until then it holds resources of the server.',
  });
}
