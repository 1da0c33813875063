import { ApiError } from '../errors/api-error.ts';
import { RestoreRunningError } from '../errors/restore-running-error.ts';
import type { CallOptions } from '../http/call.ts';
import { readEvents } from './events.ts';
import { ownSession } from './own-session.ts';
import { describeMailboxes } from './restore-facts.ts';
import { runningRestores } from './running-restores.ts';
import { SessionSchema } from './schemas.ts';
import { hasStopped, type RestoreSessionInfo, toSessionInfo } from './session-info.ts';
import type { VeeamSystem } from './veeam-system.ts';

/**
 * Reads the events of a session before it is stopped. Answers the session where it has stopped already.
 * @throws {RestoreRunningError} a restore in it has no end
 * @throws the last error, where the events cannot be read: a restore may be running then
 */
export async function refuseWhileRestoring(
  system: VeeamSystem,
  sessionId: string,
  options: CallOptions,
  pausesMs: readonly number[],
): Promise<RestoreSessionInfo | undefined> {
  let missed: unknown;
  for (const pause of pausesMs) {
    if (pause > 0) await system.clock.sleep(pause, options.signal);
    let running: readonly string[];
    try {
      const inside = runningRestores(system, sessionId, await readEvents(system, sessionId, options));
      running = [...inside, ...(await runningElsewhere(system, sessionId, options))];
    } catch (error) {
      options.signal?.throwIfAborted();
      if (ApiError.isInstance(error) && !error.isRetryable) throw error;
      // What is below a session that has stopped is answered by 500 (VM-16).
      const stopped = await readStopped(system, sessionId, options);
      if (stopped) return stopped;
      missed = error;
      continue;
    }
    if (running.length === 0) return undefined;
    // An event of a restore that was cut off may say Running for good.
    const stopped = await readStopped(system, sessionId, options);
    if (stopped) return stopped;
    const { redactor } = system.transport;
    const names = running.map((text) => redactor.text(text));
    throw new RestoreRunningError(
      `Restore session ${redactor.text(sessionId)} is not stopped, because a restore in it has not ended: ${names.join('; ')}. Nothing was sent. Wait until it has ended, or call stop({ evenWhileRestoring: true }), which may cut it off.`,
      { sessionId: redactor.text(sessionId), running: names },
    );
  }
  throw missed;
}

/**
 * The restores that this client has started from a session and that have a session of their own (VM-15). Whether a stop cuts
 * them off is not documented.
 */
async function runningElsewhere(
  system: VeeamSystem,
  sessionId: string,
  options: CallOptions,
): Promise<readonly string[]> {
  const running: string[] = [];
  for (const facts of system.ownRestores.elsewhere(sessionId)) {
    if (system.ownRestores.isOver(facts)) continue;
    if (await readStopped(system, facts.sessionId, options)) system.ownRestores.ended(facts);
    else running.push(`a restore of ${describeMailboxes(facts)} by this client, in session ${facts.sessionId}`);
  }
  return running;
}

/** The session, where it is seen to have stopped. */
async function readStopped(
  system: VeeamSystem,
  sessionId: string,
  options: CallOptions,
): Promise<RestoreSessionInfo | undefined> {
  try {
    const answer = await system.transport.send(system.dialect.getSession(sessionId), { ...options, mode: 'poll' });
    const info = toSessionInfo(system.parse(SessionSchema, ownSession(sessionId, answer)));
    return hasStopped(info.state) ? info : undefined;
  } catch {
    options.signal?.throwIfAborted();
    return undefined;
  }
}
