import type { CallOptions } from '../client/client-options.ts';
import { sendStart } from '../client/start.ts';
import { retryAfterMs } from '../clock/retry-after.ts';
import { requireBoolean } from '../errors/require.ts';
import { type Reconciliation, StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import type { Answer } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import { requireSegment } from '../http/path-segment.ts';
import * as z from '../schema/schema.ts';
import { keyOf, takeBaseline } from './baseline.ts';
import type { Opening, VeeamContext } from './context.ts';
import type { ExploreRequest } from './dialect.ts';
import { reconcileExplore } from './reconcile-explore.ts';
import { type RestoreSession, restoreSession } from './restore-session.ts';
import { OpenedSessionSchema } from './schemas.ts';
import type { SessionScope } from './session-operation.ts';
import { type ExploreType, requireType } from './session-type.ts';
import { toWireTime } from './times.ts';

export interface ExploreInput {
  /**
   * The moment to show. The server takes the last backup before it without telling which; before the first backup the
   * session is empty, and that is no error (VM-9). A text needs a zone (VM-8).
   */
  readonly dateTime: Date | string;
  readonly type: ExploreType;
  /** Shows items that were deleted before that moment. @default false */
  readonly showDeleted?: boolean;
  /** Shows all versions of items that were changed before that moment. @default false */
  readonly showAllVersions?: boolean;
  /** Your own remark, such as a ticket; travels in the handle, the events and the errors. */
  readonly note?: string;
}

/** Opens a session: sent once, never repeated. */
export async function explore(
  context: VeeamContext,
  target: {
    readonly scope: SessionScope;
    readonly what: string;
    readonly send: (request: ExploreRequest) => ApiRequest;
  },
  input: ExploreInput,
  options: CallOptions,
): Promise<RestoreSession> {
  const request = toRequest(input);
  const { dateTime, type } = request;
  const { note } = input;
  const { scope } = target;
  const open = (id: string, startedAt: Date, pollAfterMs?: number) => {
    context.opened.add(keyOf(id));
    context.openings.delete(opening);
    return restoreSession(context, { id, startedAt, note, dateTime, type, scope, pollAfterMs });
  };
  const { system } = context;
  const { transport } = system;
  let found: Reconciliation<RestoreSession> | undefined;
  const baseline = await takeBaseline(context, options.signal);
  const opening: Opening = { type };
  const { serverAheadMs } = transport;
  context.openings.add(opening);
  const started = sendStart<RestoreSession>(
    system,
    {
      what: `a restore session (${type}) of ${target.what}`,
      note,
      request: target.send(request),
      parseStartResponse: (answer, startedAt) =>
        open(sessionIdOf(context, answer), startedAt, retryAfterMs(answer.headers, system.clock.now())),
      reconcile: async ({ startedAt }, reconcileOptions) => {
        const lost = { opening, baseline, startedAt, serverAheadMs, open: (id: string) => open(id, startedAt) };
        const told = found ?? (await reconcileExplore(context, lost, reconcileOptions));
        // A session that was found counts as opened, and would not be found again.
        if (told.outcome === 'started') found ??= told;
        return found ?? told;
      },
    },
    options,
  );
  return started.catch((error: unknown) => {
    if (StartOutcomeUnknownError.isInstance(error)) opening.lostAt = system.clock.now();
    else context.openings.delete(opening);
    throw error;
  });
}

function toRequest(input: ExploreInput): ExploreRequest {
  const { showDeleted = false, showAllVersions = false } = input ?? {};
  return {
    dateTime: toWireTime('dateTime', input?.dateTime),
    type: requireType('type', input?.type),
    showDeleted: requireBoolean('showDeleted', showDeleted),
    showAllVersions: requireBoolean('showAllVersions', showAllVersions),
  };
}

/** Any 2xx that names the session will do: v5 and v8 answer 201, v6 and v7 200 (VM-4). */
function sessionIdOf({ system }: VeeamContext, answer: Answer): string {
  const opened = z.safeParse(OpenedSessionSchema, answer.body).data;
  const { transport } = system;
  try {
    const id = requireSegment('id', opened?.id);
    if (!transport.redactor.containsSecret(id)) return id;
  } catch {
    // Said below.
  }
  const message = `The start was answered ${answer.status} without the id of a session, so the session cannot be found.`;
  throw new LostAnswer(transport.unexpected(message, answer));
}
