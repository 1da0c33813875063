import type { ClientEvent, ClientOptions } from '../client/client-options.ts';
import { toDate } from '../client/dates.ts';
import { readHandle } from '../client/read-handle.ts';
import type { ResumingClient } from '../client/resume.ts';
import type { System } from '../client/system.ts';
import { type CommonAttachOptions, SystemClient } from '../client/system-client.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { SavedHandle } from '../operation/operation.ts';
import type * as z from '../schema/schema.ts';
import type { Dialect, Room, SessionKind } from './dialect.ts';
import { type Jobs, jobs } from './jobs.ts';
import { type Organizations, organizations } from './organizations.ts';
import { type RestoreSession, restoreSession } from './restore-session.ts';
import { type RestoreSessions, restoreSessions } from './restore-sessions.ts';
import { type RestoreSessionResult, SessionFactsSchema } from './session-operation.ts';
import { SharedPolls } from './shared-polls.ts';

type SessionFactsOfHandle = z.Output<typeof SessionFactsSchema>;
type SessionHandleKind = { readonly kind: string; readonly facts: typeof SessionFactsSchema };

/** `id` is that of the session. */
export interface AttachOptions extends CommonAttachOptions {}

/** Who a client logs in as, and how often it has, by what its events tell. */
export class Logins {
  count = 0;
  account: string | undefined;

  /** The options of a client whose events are counted. */
  watch(options: ClientOptions): ClientOptions {
    const onEvent: unknown = options?.onEvent;
    // What is wrong stays as it is, to be refused by its name.
    if (typeof options !== 'object' || (onEvent !== undefined && typeof onEvent !== 'function')) return options;
    this.account = options.auth?.account;
    return {
      ...options,
      onEvent: (event: ClientEvent) => {
        if (event.type === 'token-refresh' && event.grant === 'password') this.count += 1;
        return options.onEvent?.(event);
      },
    };
  }
}

/** What the clients of both versions do alike. */
export abstract class VeeamM365Client extends SystemClient implements ResumingClient<RestoreSessionResult> {
  readonly kinds: readonly [SessionKind];
  /** For `startOnce`: opening a session overwrites nothing, and several may be open on one target. */
  readonly overwritesNothing = true;
  readonly organizations: Organizations;
  readonly jobs: Jobs;
  readonly restoreSessions: RestoreSessions;
  readonly #room: Room;

  /** @internal */
  constructor(system: System, dialect: Dialect, logins: Logins) {
    super(system);
    const room: Room = {
      system,
      dialect,
      logins: () => logins.count,
      account: logins.account,
      polls: new SharedPolls(system, dialect),
      opened: new Set(),
    };
    this.#room = room;
    this.kinds = [dialect.kind];
    this.organizations = organizations(room);
    this.jobs = jobs(room);
    this.restoreSessions = restoreSessions(room);
  }

  /**
   * Goes on with a saved handle. Sends nothing.
   * @throws {HandleError} of another system, version of the API or baseUrl, or damaged
   */
  resume(handle: SavedHandle): RestoreSession {
    const saved = readHandle<SessionFactsOfHandle, SessionHandleKind>(handle, {
      kinds: [{ kind: this.#room.dialect.kind, facts: SessionFactsSchema }],
      baseUrl: this.baseUrl,
    });
    const { organizationId, jobId, dateTime, type } = saved.facts;
    return restoreSession(this.#room, {
      id: requireSegment('handle.id', saved.id),
      startedAt: new Date(saved.startedAt),
      note: saved.note,
      dateTime,
      type,
      scope: organizationId === undefined ? (jobId === undefined ? undefined : { jobId }) : { organizationId },
    });
  }

  /** Follows a session that somebody else has opened. Sends nothing. */
  attach(options: AttachOptions): RestoreSession {
    return restoreSession(this.#room, {
      id: requireSegment('id', options?.id),
      startedAt:
        options.startedAt === undefined
          ? new Date(this.#room.system.clock.now())
          : toDate('startedAt', options.startedAt),
      note: options.note,
    });
  }
}
