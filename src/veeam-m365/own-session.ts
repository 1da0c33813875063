import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';

/**
 * The answer, where it is of this very session.
 * @throws {UnexpectedResponseError} it is of another one: something in between has mixed up connections
 */
export function ownSession<A extends { readonly status: number; readonly body: unknown }>(id: string, answer: A): A {
  const { body, status } = answer;
  if (!isObject(body) || textOf(body.id)?.toLowerCase() === id.toLowerCase()) return answer;
  throw new UnexpectedResponseError(`The answer is of another session than ${id}; it says nothing about this one.`, {
    status,
  });
}
