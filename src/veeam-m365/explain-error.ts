import type { CallOptions } from '../client/client-options.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
import { ServerError } from '../errors/server-error.ts';
import type { PollVerdict } from '../operation/poll-verdict.ts';
import type { Room } from './dialect.ts';
import { SessionSchema } from './schemas.ts';
import { hasStopped } from './session-info.ts';

const VERDICTS = [
  // 401 comes here only after a refresh, and a login where that was refused.
  { of: AuthenticationError, verdict: 'give-up' },
  { of: PermissionError, verdict: 'give-up' },
  // Purged, or of another login: how it ended cannot be told.
  { of: NotFoundError, verdict: 'absent' },
] as const;

/** What a failed poll of a session means. Everything else is an outage: the server runs on whatever its API answers. */
export function sessionVerdict(error: unknown): PollVerdict {
  return VERDICTS.find(({ of }) => of.isInstance(error))?.verdict ?? 'outage';
}

/** The session has stopped. The server words that as 500 (VM-16), and trying again cannot help. */
class SessionEnded extends ConflictError {
  override get isRetryable(): boolean {
    return false;
  }
}

export function sessionEnded(sessionId: string, cause: unknown): ConflictError {
  const { status, requestId } = ServerError.isInstance(cause) ? cause : { status: 409, requestId: undefined };
  return new SessionEnded(
    `Restore session ${sessionId} has stopped: it was stopped, expired or was killed (the server does not say which). Open another one.`,
    { status, requestId, cause },
  );
}

/**
 * Tells the two meanings of a 500 below a session apart by polling the session: `ConflictError` where it has stopped
 * (VM-16), else the error as it is.
 */
export async function explainChildError(
  room: Room,
  sessionId: string,
  error: unknown,
  options: CallOptions,
): Promise<unknown> {
  if (!ServerError.isInstance(error) || error.status !== 500) return error;
  try {
    const { state } = await room.system.read(room.dialect.getSession(sessionId), SessionSchema, options);
    return hasStopped(state) ? sessionEnded(sessionId, error) : error;
  } catch {
    return error;
  }
}
