import { ConfigurationError } from '../errors/configuration-error.ts';
import { HandleError } from '../errors/handle-error.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import { parseHandle } from './read-handle.ts';

/** The part of a client that `resume` needs. All clients of this package have it. */
export interface ResumingClient<Result = unknown> {
  readonly baseUrl: string;
  /** The kinds of operations that the client starts, and can resume. */
  readonly kinds: readonly string[];
  /** Kinds that another client starts and that this one can resume too, as of another version of the same API. */
  readonly otherKinds?: readonly string[];
  resume(handle: SavedHandle): Operation<Result>;
}

/**
 * Makes an operation from a saved handle, using the client with the same kind and baseUrl. Sends nothing.
 * @throws {HandleError} the handle is damaged, or no client matches
 * @throws {ConfigurationError} `clients` is no list
 */
export function resume<Client extends ResumingClient>(
  handle: SavedHandle,
  clients: readonly Client[],
): ReturnType<Client['resume']> {
  if (!Array.isArray(clients)) throw new ConfigurationError('clients', 'must be a list: resume(handle, [client]).');
  const { kind, baseUrl } = parseHandle(handle);
  // The client that has started it comes first.
  const ofKind = [
    ...clients.filter(({ kinds }) => kinds.includes(kind)),
    ...clients.filter(({ otherKinds = [] }) => otherKinds.includes(kind)),
  ];
  if (ofKind.length === 0) throw new HandleError('kind', `is '${kind}'; none of the clients can resume it.`);
  const client = ofKind.find((candidate) => candidate.baseUrl === baseUrl);
  if (!client) {
    const baseUrls = ofKind.map((candidate) => candidate.baseUrl).join(', ');
    throw new HandleError(
      'baseUrl',
      `is ${baseUrl ?? 'missing'}; the base URLs of the clients of that kind are ${baseUrls}.`,
    );
  }
  return client.resume(handle) as ReturnType<Client['resume']>;
}
