import { apiErrorForStatus } from '../errors/api-error-for-status.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';

import type { Redactor } from '../http/redactor.ts';
import type { ParsedErrorBody } from '../http/traits.ts';
import { isObject } from '../protocols/poll-response.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import * as z from '../schema/schema.ts';
import { parseErrorBody } from './traits.ts';

const ERROR = 1;

/**
 * Refuses a 2xx whose envelope contains an error. Its `response` is then a problem document or empty, but no data
 * (DS-17, DS-19).
 * @throws {ApiError} of the class for its `statusCode`
 * @throws {UnexpectedResponseError} there is an error without a `statusCode`
 */
export function refuseErrorEnvelope(body: unknown, redactor: Redactor): void {
  if (!isObject(body) || isBareRecord(body)) return;
  const status = toStatusCode(body.statusCode);
  const { errors, serverTrace }: ParsedErrorBody = redactor.data(parseErrorBody(body) ?? { errors: [] });
  const said = errors.map(({ message }) => message).join('; ') || 'no reason given';
  if (status !== undefined && status >= 400) {
    const message = `The portal answered with HTTP 2xx, but with ${status} in its envelope: ${said}`;
    throw apiErrorForStatus(message, { status, errors, serverTrace });
  }
  if (toStatusCode(body.status) === ERROR) {
    throw new UnexpectedResponseError(`The portal answered with HTTP 2xx, but with an error in its envelope: ${said}`, {
      status: 200,
    });
  }
}

/** The content of an answer; undefined if there is none (DS-6). */
export function contentOf(body: unknown): unknown {
  if (!isObject(body)) return undefined;
  return isBareRecord(body) ? body : (body.response ?? undefined);
}

/** The documentation of the start call shows the record without an envelope, although current servers send one. */
function isBareRecord(body: { readonly [name: string]: unknown }): boolean {
  return body.response === undefined && typeof body.taskId === 'string';
}

/** @throws {UnexpectedResponseError} names the fields that do not have the documented shape */
export function checkShape<S extends z.Schema>(what: string, schema: S, value: unknown): z.Output<S> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  throw new UnexpectedResponseError(`${what} does not have the documented shape.`, {
    status: 200,
    issues: z.issuesOf(result.error),
  });
}
