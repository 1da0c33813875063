import type { System } from '../client/system.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Answer } from '../http/answer.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { isEnvelope } from './envelope.ts';

/** The error for a refusal in the documented form. It is an ApiError although its HTTP status is 200 (OE-1). */
export function refused(
  { transport }: System,
  what: string,
  body: { readonly status?: unknown; readonly details?: unknown },
): ApiError {
  const message = transport.redactor.text(textOf(body.details) ?? 'no reason given');
  return new ApiError(`${what} was answered with status ${body.status}: ${message}`, {
    status: 200,
    errors: [{ message, code: String(body.status) }],
    bodyForm: 'api',
  });
}

/** The refusal that a body holds: a positive status in the form of the API. */
export function refusalIn(system: System, what: string, { body }: Answer): ApiError | undefined {
  if (!isObject(body) || !isEnvelope(body)) return undefined;
  return (toStatusCode(body.status) ?? 0) > 0 ? refused(system, what, body) : undefined;
}

/**
 * Checks the answer of a call that is carried out at once.
 * @throws {ApiError} it is refused under HTTP 200
 * @throws {UnexpectedResponseError} it does not say that it was done
 */
export function requireDone(system: System, what: string, answer: Answer): void {
  const error = refusalIn(system, what, answer);
  if (error) throw error;
  const { body } = answer;
  const code = isObject(body) && isEnvelope(body) ? toStatusCode(body.status) : undefined;
  if (code === 0) return;
  throw system.transport.unexpected(
    `${what} was answered without the status 0, so it is not known whether it was carried out.`,
    answer,
  );
}
