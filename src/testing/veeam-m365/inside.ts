import type { Answer } from '../answer.ts';
import type { Call } from '../route.ts';
import type { VeeamServer } from './server.ts';
import type { Session } from './sessions.ts';

export type Handle = (call: Call, session: Session) => Answer | Promise<Answer>;

/** Everything below a session that has ended, by stop or by expiry, answers 500 (VM-16). */
export function inside(server: VeeamServer, call: Call, handle: Handle): Answer | Promise<Answer> {
  const session = server.sessionOf(call);
  if (!session) return server.notFound('restore session');
  if (server.sessions.endOf(session) !== undefined) return server.problem(500, 'Restore session has been stopped.');
  // Not documented; the start seems to block until the session can be used, so this is seen in scenarios only.
  if (server.sessions.isStarting(session)) return server.problem(500, 'Restore session is not ready.');
  server.sessions.use(session);
  return handle(call, session);
}
