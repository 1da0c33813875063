import type { CallOptions } from '../client/client-options.ts';
import { startOperation } from '../client/start.ts';
import { retryAfterMs } from '../clock/retry-after.ts';
import { requireBoolean } from '../errors/require.ts';
import { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import type { Answer } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import { requireSegment } from '../http/path-segment.ts';
import * as z from '../schema/schema.ts';
import { backupWarnings, SAY_EMPTY } from './backup-warnings.ts';
import type { ExploreRequest } from './dialect.ts';
import type { RestoreSession } from './restore-session.ts';
import { OpenedSessionSchema } from './schemas.ts';
import type { SessionFacts, SessionScope } from './session-facts.ts';
import { keyOf } from './session-key.ts';
import { sessionKind } from './session-kind.ts';
import { type ExploreType, requireType } from './session-type.ts';
import { toWireTime } from './times.ts';
import type { Opening, VeeamSystem } from './veeam-system.ts';

export interface ExploreInput {
  /**
   * The moment that the session shows: a Date, or ISO 8601 text with a zone (VM-8). The server uses the last backup before
   * it, and does not say which one. Before the first backup, the session is empty, which is no error (VM-9).
   */
  readonly dateTime: Date | string;
  /** The product: 'exchange', 'onedrive', 'sharepoint' or 'teams', or the vendor's word for it. */
  readonly type: ExploreType;
  /** Whether items are shown that were deleted before that moment. @default false */
  readonly showDeleted?: boolean | undefined;
  /** Whether all versions of items are shown that were changed before that moment. @default false */
  readonly showAllVersions?: boolean | undefined;
  /** Your own remark, such as a ticket. It is part of the handle, the events and the errors. No secret. */
  readonly note?: string | undefined;
}

/** Opens a session at a moment. The request is sent once and never repeated. */
export async function explore(
  system: VeeamSystem,
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
  const what = `a restore session (${type}) of ${target.what}`;
  const facts: SessionFacts = { dateTime, type, ...target.scope };
  // Read beside the start, so that nothing comes between the record of an intent and the request.
  const reading = backupWarnings(system, facts, options.signal).catch(() => []);
  const session = await openSession(system, { facts, what, note: input.note, request: target.send(request) }, options);
  const warnings = await reading;
  system.warnings.set(facts, warnings);
  if (!warnings.some(({ code = '' }) => SAY_EMPTY.includes(code))) system.unread.add(facts);
  return session;
}

/** Sends the request that opens a session. */
export async function openSession(
  system: VeeamSystem,
  start: {
    readonly facts: SessionFacts;
    readonly what: string;
    readonly note: string | undefined;
    readonly request: ApiRequest;
  },
  options: CallOptions,
): Promise<RestoreSession> {
  const { facts } = start;
  const opening: Opening = { facts };
  system.openings.add(opening);
  try {
    const session = await startOperation(
      system,
      sessionKind(system.dialect),
      {
        ...start,
        parseStartResponse: (answer) => {
          const id = sessionIdOf(system, answer);
          system.opened.add(keyOf(id));
          return { id, facts, pollAfterMs: retryAfterMs(answer.headers, system.clock.now()) };
        },
      },
      options,
    );
    system.openings.delete(opening);
    return session;
  } catch (error) {
    if (StartOutcomeUnknownError.isInstance(error)) opening.lostAt = system.clock.now();
    else system.openings.delete(opening);
    throw error;
  }
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
function sessionIdOf({ transport }: VeeamSystem, answer: Answer): string {
  const opened = z.safeParse(OpenedSessionSchema, answer.body).data;
  try {
    const id = requireSegment('id', opened?.id);
    if (!transport.redactor.containsSecret(id)) return id;
  } catch {
    // There is no id that can be used; the error below says so.
  }
  const message = `The start was answered ${answer.status} without the id of a session, so the session cannot be found.`;
  throw new LostAnswer(transport.unexpected(message, answer));
}
