import { explained, isRefusal } from './refusal.ts';

const NOTHING_HELPS =
  'The request was sent without credentials and with them. Credentials from before a restore no longer work: resume the handle with a client with new credentials.';

/**
 * Sends a request without credentials, because a restore invalidates them, and since 3.7.1 an invalid key is refused
 * even by public calls (DS-1). If the server requires credentials, the request is sent once more with them, because the
 * vendor plans to require them (DS-2).
 */
export async function anonymousFirst<T>(send: (anonymous: boolean) => Promise<T>): Promise<T> {
  try {
    return await send(true);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  try {
    return await send(false);
  } catch (error) {
    throw isRefusal(error) ? explained(error, NOTHING_HELPS) : error;
  }
}
