import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { requireSegment } from '../http/path-segment.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { eventsOf } from './events.ts';
import { checkLimit, listed, type PageOptions } from './pages.ts';
import { SessionSchema } from './schemas.ts';
import type { SessionEvent } from './session-event.ts';
import { type RestoreSessionInfo, toSessionInfo } from './session-info.ts';
import { type StopOptions, stopSession } from './stop-session.ts';
import { toWireTime } from './times.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** Filters of the list; the server has none by state, organization or type. */
export interface RestoreSessionFilter extends PageOptions {
  readonly startTimeFrom?: Date | string;
  readonly startTimeTo?: Date | string;
}

/** Restore sessions by their id, for example to stop sessions that were left open. */
export interface RestoreSessions {
  /** Sessions of the current login only, in no documented order. */
  list(filter?: RestoreSessionFilter, options?: CallOptions): Items<RestoreSessionInfo>;
  /** @throws {NotFoundError} no such session, or not for this login */
  get(sessionId: string, options?: CallOptions): Promise<RestoreSessionInfo>;
  /**
   * Stops a session and confirms that it has stopped; harmless where it has already.
   * @throws {RestoreRunningError} a restore in it has not ended; nothing was sent
   * @throws {WaitTimeoutError} the stop was sent, and half a minute later the session has not stopped (VM-18)
   */
  stop(sessionId: string, options?: StopOptions): Promise<RestoreSessionInfo>;
  events(sessionId: string, options?: PageOptions & CallOptions): Items<SessionEvent>;
}

export function restoreSessions(system: VeeamSystem): RestoreSessions {
  const { dialect } = system;
  return {
    list: (filter = {}, options = {}) => {
      const { limit, startTimeFrom, startTimeTo } = filter;
      checkLimit(limit);
      const range = omitUndefined({
        startTimeFrom: startTimeFrom === undefined ? undefined : toWireTime('startTimeFrom', startTimeFrom),
        startTimeTo: startTimeTo === undefined ? undefined : toWireTime('startTimeTo', startTimeTo),
      });
      return listed({
        system,
        send: (page) => dialect.listSessions({ ...range, ...page }),
        schema: SessionSchema,
        toItem: toSessionInfo,
        options: { ...options, ...omitUndefined({ limit }) },
      });
    },
    get: async (sessionId, options = {}) => {
      const send = dialect.getSession(requireSegment('sessionId', sessionId));
      return toSessionInfo(await system.read(send, SessionSchema, options));
    },
    stop: async (sessionId, options = {}) => stopSession(system, requireSegment('sessionId', sessionId), options),
    events: (sessionId, options = {}) => eventsOf(system, requireSegment('sessionId', sessionId), options),
  };
}
