import { NotFoundError } from '../errors/not-found-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { PollResponse } from '../protocols/poll-response.ts';
import type { VeeamContext } from './context.ts';
import { ownSession } from './own-session.ts';

/**
 * Reads the status of one session. The API's 404 is `{ message }`, and so is that of many gateways: only where the list of
 * sessions is served is it the API that does not know the session.
 */
export async function fetchSession(
  context: VeeamContext,
  id: string,
  options: { readonly signal?: AbortSignal },
): Promise<PollResponse> {
  try {
    return ownSession(id, await context.polls.poll(id, options));
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    const { system, dialect } = context;
    try {
      await system.poll(dialect.listSessions({ limit: 1 }), options);
    } catch {
      options.signal?.throwIfAborted();
      throw new UnexpectedResponseError('The session was answered 404, and so is, or fails, the list of sessions.', {
        status: 404,
      });
    }
    throw error;
  }
}
