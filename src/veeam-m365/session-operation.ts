import { type FailedPolls, verdictOnFailedPoll } from '../client/failed-poll.ts';
import { IsoTimeSchema } from '../client/text-schemas.ts';
import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { StatusDraft } from '../operation/status.ts';
import * as z from '../schema/schema.ts';
import type { VeeamContext } from './context.ts';
import { isWorking, pollSession } from './decide-session.ts';
import { glanceAtEvents } from './events.ts';
import type { Ledger } from './ledger.ts';
import { ownSession } from './own-session.ts';
import { isRestore } from './session-event.ts';
import { type RestoreSessionType, SessionTypeSchema } from './session-type.ts';

export interface RestoreSessionResult extends RestoreResult {
  /**
   * The moment that the session was asked to show. Which backup the server chose for it is not told, hence no
   * `dataAsOf` (VM-9).
   */
  readonly requestedDateTime?: Date;
}

/** What a session was opened on. */
export type SessionScope = { readonly organizationId: string } | { readonly jobId: string };

/** What a handle of this system holds beside the common fields. */
export const SessionFactsSchema = z.object({
  dateTime: z.optional(IsoTimeSchema),
  type: z.optional(SessionTypeSchema),
  organizationId: z.optional(z.string()),
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
/** Texts of events in one message; a session may have thousands. */
const MOST_TEXTS = 3;

/**
 * A session as an operation. Deadline 24 h, since a session that nobody stops may live for ever; outage tolerance
 * 30 min, since the backup server itself is not what is being restored.
 */
export function sessionOperation(
  context: VeeamContext,
  facts: SessionFacts,
  ledger: Ledger,
): Operation<RestoreSessionResult> {
  const { system, dialect } = context;
  const { id, startedAt, note, dateTime, type, scope } = facts;
  const poll = pollSession(
    async (options) => ownSession(id, await context.polls.poll(id, options)),
    () => toResult(dateTime, ledger),
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
    poll: async (options) => withEvents(await poll(options), { veeam: context, id, ledger, signal: options.signal }),
    outage: (error) =>
      verdictOnFailedPoll(error, FAILED_POLLS, { wereAccepted: system.transport.credentialsWereAccepted }),
    isReady: ({ raw }) => isWorking(raw),
    timeoutMs: 24 * HOUR_MS,
    outageToleranceMs: HOUR_MS / 2,
    timeoutAdvice:
      'A session lives until somebody stops it, or it expires; until then it holds resources of the server.',
  });
}

function toResult(dateTime: string | undefined, ledger: Ledger): RestoreSessionResult {
  const aftermath = [
    'The session has ended: nothing more can be browsed or restored in it; open another one for that.',
  ];
  if (ledger.openMailboxes > 0) {
    aftermath.push('The end of a restore inside it is not known: read the events of the session before you repeat it.');
  }
  return { ...(dateTime === undefined ? {} : { requestedDateTime: new Date(dateTime) }), aftermath };
}

/**
 * Adds to the end of a session what its events tell: that nothing was restored in it (VM-1), or why it failed. One more
 * request, at the end only; where it fails nothing is claimed.
 */
async function withEvents(
  status: StatusDraft<RestoreSessionResult>,
  context: { veeam: VeeamContext; id: string; ledger: Ledger; signal: AbortSignal | undefined },
): Promise<StatusDraft<RestoreSessionResult>> {
  const { veeam, id, ledger, signal } = context;
  switch (status.state) {
    case 'succeeded': {
      if (ledger.restoredItems > 0 || ledger.openMailboxes > 0) return status;
      const restores = (await glanceAtEvents(veeam, id, signal))?.filter(isRestore);
      // A restore that ended here with nothing has an event too.
      if (restores === undefined || restores.length > ledger.emptyMailboxes) return status;
      const message = 'The session ended, and nothing was restored in it: opening one restores nothing by itself.';
      return { ...status, warnings: [...(status.warnings ?? []), { code: 'nothing-restored', message }] };
    }
    case 'failed':
    case 'partial': {
      const events = (await glanceAtEvents(veeam, id, signal)) ?? [];
      const told = events
        .filter((event) => /^(failed|warning)$/i.test(event.status))
        .flatMap(({ message, title }) => message ?? title ?? []);
      if (status.state === 'partial') {
        const message = told.slice(0, MOST_TEXTS).join(' ') || 'The session stopped with the result Warning.';
        return {
          ...status,
          message,
          warnings: [...(status.warnings ?? []), ...told.map((text) => ({ message: text }))],
        };
      }
      const { failure } = status;
      return { ...status, failure: { ...failure, message: [failure.message, ...told.slice(0, MOST_TEXTS)].join(' ') } };
    }
    default:
      return status;
  }
}
