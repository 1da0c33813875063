import { toDate } from '../client/dates.ts';
import { readHandle } from '../client/read-handle.ts';
import type { ResumingClient } from '../client/resume.ts';
import type { System } from '../client/system.ts';
import { type CommonAttachOptions, SystemClient } from '../client/system-client.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { SavedHandle } from '../operation/operation.ts';
import type * as z from '../schema/schema.ts';
import type { VeeamContext } from './context.ts';
import type { Dialect, SessionKind } from './dialect.ts';
import type { RestoreSessionResult } from './events-at-end.ts';
import { type Jobs, jobs } from './jobs.ts';
import { type Organizations, organizations } from './organizations.ts';
import { type RestoreSession, restoreSession } from './restore-session.ts';
import { type RestoreSessions, restoreSessions } from './restore-sessions.ts';
import { SessionFactsSchema } from './session-operation.ts';
import { SharedPolls } from './shared-polls.ts';

type SessionFactsOfHandle = z.Output<typeof SessionFactsSchema>;
type SessionHandleKind = { readonly kind: string; readonly facts: typeof SessionFactsSchema };

/** `id` is that of the session. */
export interface AttachOptions extends CommonAttachOptions {}

/** What the clients of both versions do alike. */
export abstract class VeeamM365Client extends SystemClient implements ResumingClient<RestoreSessionResult> {
  readonly kinds: readonly [SessionKind];
  /** For `startOnce`: opening a session overwrites nothing, and several may be open on one target. */
  readonly overwritesNothing = true;
  readonly organizations: Organizations;
  readonly jobs: Jobs;
  readonly restoreSessions: RestoreSessions;
  readonly #context: VeeamContext;

  /** @internal */
  constructor(system: System, dialect: Dialect) {
    super(system);
    const context: VeeamContext = {
      system,
      dialect,
      polls: new SharedPolls(system, dialect),
      opened: new Set(),
      openings: new Set(),
      restoring: new Map(),
    };
    this.#context = context;
    this.kinds = [dialect.kind];
    this.organizations = organizations(context);
    this.jobs = jobs(context);
    this.restoreSessions = restoreSessions(context);
  }

  /**
   * Goes on with a saved handle. Sends nothing.
   * @throws {HandleError} of another system, version of the API or baseUrl, or damaged
   */
  resume(handle: SavedHandle): RestoreSession {
    const saved = readHandle<SessionFactsOfHandle, SessionHandleKind>(handle, {
      kinds: [{ kind: this.#context.dialect.kind, facts: SessionFactsSchema }],
      baseUrl: this.baseUrl,
    });
    const { organizationId, jobId, dateTime, type } = saved.facts;
    return restoreSession(this.#context, {
      id: requireSegment('handle.id', saved.id),
      startedAt: new Date(saved.startedAt),
      note: saved.note,
      dateTime,
      type,
      scope: organizationId === undefined ? (jobId === undefined ? undefined : { jobId }) : { organizationId },
    });
  }

  /**
   * For `startOnce`: logs in before the start is recorded as intended, so that a process which dies in between leaves no
   * doubt. Nothing is recorded.
   */
  async takeBaseline(_target: unknown, options: ReconcileOptions = {}): Promise<undefined> {
    for await (const _ of this.restoreSessions.list({ limit: 1 }, options)) return undefined;
    return undefined;
  }

  /** Follows a session that somebody else has opened. Sends nothing. */
  attach(options: AttachOptions): RestoreSession {
    return restoreSession(this.#context, {
      id: requireSegment('id', options?.id),
      startedAt:
        options.startedAt === undefined
          ? new Date(this.#context.system.clock.now())
          : toDate('startedAt', options.startedAt),
      note: options.note,
    });
  }
}
