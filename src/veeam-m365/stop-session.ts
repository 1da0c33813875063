import type { CallOptions } from '../client/client-options.ts';
import { ApiError } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
import { requireBoolean } from '../errors/require.ts';
import type { SeenHandle } from '../errors/wait-facts.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { ownSession } from './own-session.ts';
import { refuseWhileRestoring } from './refuse-while-restoring.ts';
import { SessionSchema } from './schemas.ts';
import { hasStopped, type RestoreSessionInfo, toSessionInfo } from './session-info.ts';
import type { VeeamSystem } from './veeam-system.ts';

export interface StopOptions extends CallOptions {
  /** Stops the session even if a restore in it has not ended. That may cut off the restore. @default false */
  readonly evenWhileRestoring?: boolean | undefined;
}

/** Pauses before the polls that confirm a stop: half a minute in all. */
const PAUSES_MS = [0, 1_000, 2_000, 3_000, 5_000, 5_000, 5_000, 5_000, 5_000];

/**
 * Stops a session and polls until it has stopped, because an accepted stop does not prove that it stops (VM-18). A session
 * that has stopped already is no error.
 * @throws {RestoreRunningError} a restore in it has not ended, whoever started it; nothing was sent
 * @throws {WaitTimeoutError} the stop was sent, and half a minute later the session has not stopped
 * @throws {ApiError} the server refused to stop it, and it has not stopped
 * @throws {NotFoundError} the server knows no such session, or not for this login
 */
export async function stopSession(
  system: VeeamSystem,
  sessionId: string,
  stopOptions: StopOptions,
  handle?: SeenHandle,
): Promise<RestoreSessionInfo> {
  const { evenWhileRestoring = false, ...options } = stopOptions;
  const { dialect } = system;
  if (!requireBoolean('evenWhileRestoring', evenWhileRestoring)) {
    const ended = await refuseWhileRestoring(system, sessionId, options, PAUSES_MS);
    if (ended) return ended;
  }
  const send = (request: ApiRequest) => system.transport.send(request, { ...options, mode: 'poll' });
  let isAccepted = false;
  let last: RestoreSessionInfo | undefined;
  let missed: unknown;
  for (const pause of PAUSES_MS) {
    if (pause > 0) await system.clock.sleep(pause, options.signal);
    let refusal: unknown;
    try {
      // Sent again only where no answer has accepted it. A 200 without a body and v8's 204 are the same (VM-4).
      if (!isAccepted) await send(dialect.stopSession(sessionId));
      isAccepted = true;
    } catch (error) {
      if (isFinal(error) || NotFoundError.isInstance(error)) throw error;
      options.signal?.throwIfAborted();
      refusal = error;
    }
    try {
      last = toSessionInfo(
        system.parse(SessionSchema, ownSession(sessionId, await send(dialect.getSession(sessionId)))),
      );
      if (hasStopped(last.state)) return last;
      missed = refusal;
    } catch (error) {
      if (isFinal(error)) throw error;
      options.signal?.throwIfAborted();
      missed = error;
    }
    if (last !== undefined && isNo(refusal)) throw refusal;
  }
  if (last === undefined && NotFoundError.isInstance(missed)) throw missed;
  const seen = last ? `is still ${last.state}` : 'could not be seen';
  const told = isAccepted ? 'it was told to stop' : 'it was first told to stop, which no answer has confirmed';
  throw new WaitTimeoutError(
    `Restore session ${sessionId} ${seen} half a minute after ${told}; a restore that runs in it may hold it.`,
    {
      handle,
      ...(last ? { lastSeen: { state: 'running', message: last.state, at: new Date(system.clock.now()) } } : {}),
      advice: 'It holds resources of the server: stop it again later, or in the Veeam console.',
      cause: missed,
    },
  );
}

/** A clear no: asking again would not change it. A 5xx may be none, as a session that has stopped answers 500 (VM-16). */
function isNo(refusal: unknown): boolean {
  return ApiError.isInstance(refusal) && !refusal.isRetryable;
}

function isFinal(error: unknown): boolean {
  return AuthenticationError.isInstance(error) || PermissionError.isInstance(error);
}
