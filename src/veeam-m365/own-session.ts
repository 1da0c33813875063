import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';

/**
 * Returns the answer if it is of this session.
 * @throws {UnexpectedResponseError} it is of another session: something in between has mixed up connections
 */
export function ownSession<A extends { readonly status: number; readonly body: unknown }>(id: string, answer: A): A {
  const { body, status } = answer;
  if (!isObject(body) || textOf(body.id)?.toLowerCase() === id.toLowerCase()) return answer;
  throw anotherSession(id, status);
}

/**
 * Checks that a page is of this session, as far as its own link says.
 * @throws {UnexpectedResponseError} it is of another session: something in between has mixed up connections
 */
export function checkOwnPage(id: string, { status, body }: { readonly status: number; readonly body: unknown }): void {
  const links = isObject(body) && isObject(body._links) ? body._links : {};
  const href = isObject(links.self) ? textOf(links.self.href) : undefined;
  const [, named] = /\/restoresessions\/([^/?#]+)\//i.exec(href ?? '') ?? [];
  if (named === undefined || named.toLowerCase() === encodeURIComponent(id).toLowerCase()) return;
  throw anotherSession(id, status);
}

function anotherSession(id: string, status: number): UnexpectedResponseError {
  return new UnexpectedResponseError(`The answer is of another session than ${id}; it says nothing about this one.`, {
    status,
  });
}
