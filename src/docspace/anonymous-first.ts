import { explained, isRefusal } from './refusal.ts';

const NOTHING_HELPS =
  'It was asked without credentials and with them. Those of before a restore no longer work: go on with the handle and a client with new ones.';

/**
 * Asks without credentials: a restore kills them, and since 3.7.1 a dead key closes even what is open to everybody
 * (DS-1). Where a server asks for some, the same is sent once more with them, since the vendor means to close the
 * progress call one day (DS-2).
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
