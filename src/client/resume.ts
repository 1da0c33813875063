import { HandleError } from '../errors/handle-error.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import { parseHandle } from './read-handle.ts';

/** What `resume` needs of a client; all clients of this package have it. */
export interface ResumingClient<Result = unknown> {
  readonly baseUrl: string;
  /** Kinds of operations that it starts. */
  readonly kinds: readonly string[];
  resume(handle: SavedHandle): Operation<Result>;
}

/**
 * Goes on with a saved handle, with the client that fits its kind and baseUrl. Sends nothing.
 * @throws {HandleError} the handle is damaged, or no client fits
 */
export function resume<Client extends ResumingClient>(
  handle: SavedHandle,
  clients: readonly Client[],
): ReturnType<Client['resume']> {
  const { kind, baseUrl } = parseHandle(handle);
  const ofKind = clients.filter((client) => client.kinds.includes(kind));
  if (ofKind.length === 0) throw new HandleError('kind', `is '${kind}'; none of the clients given goes on with it.`);
  const client = ofKind.find((candidate) => candidate.baseUrl === baseUrl);
  if (!client) {
    const baseUrls = ofKind.map((candidate) => candidate.baseUrl).join(', ');
    throw new HandleError('baseUrl', `is ${baseUrl ?? 'absent'}; the clients of that kind talk to ${baseUrls}.`);
  }
  return client.resume(handle) as ReturnType<Client['resume']>;
}
