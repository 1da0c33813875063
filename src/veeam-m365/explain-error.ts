import type { CallOptions } from '../client/client-options.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { ServerError } from '../errors/server-error.ts';
import { SessionSchema } from './schemas.ts';
import { hasStopped } from './session-info.ts';
import type { VeeamSystem } from './veeam-system.ts';

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
  system: VeeamSystem,
  sessionId: string,
  error: unknown,
  options: CallOptions,
): Promise<unknown> {
  if (!ServerError.isInstance(error) || error.status !== 500) return error;
  try {
    const { id, state } = await system.read(system.dialect.getSession(sessionId), SessionSchema, options);
    return id === sessionId && hasStopped(state) ? sessionEnded(sessionId, error) : error;
  } catch {
    return error;
  }
}
