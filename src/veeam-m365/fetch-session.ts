import { NotFoundError } from '../errors/not-found-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { PollResponse } from '../protocols/poll-response.ts';
import { ownSession } from './own-session.ts';
import type { VeeamSystem } from './veeam-system.ts';

/**
 * Reads the status of one session. The API's 404 is `{ message }`, and so is that of many gateways: only where the list of
 * sessions is served is it the API that does not know the session.
 */
export async function fetchSession(
  system: VeeamSystem,
  id: string,
  options: { readonly signal?: AbortSignal },
): Promise<PollResponse> {
  try {
    return ownSession(id, await system.polls.poll(id, options));
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    try {
      await system.poll(system.dialect.listSessions({ limit: 1 }), options);
    } catch {
      options.signal?.throwIfAborted();
      throw new UnexpectedResponseError('The session was answered 404, and so is, or fails, the list of sessions.', {
        status: 404,
      });
    }
    throw error;
  }
}
