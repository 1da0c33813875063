import type { PollOptions } from '../client/operation-kind.ts';
import type { System } from '../client/system.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { isFields, textOf } from '../http/error-body.ts';
import { isSegment } from '../http/path-segment.ts';
import * as z from '../schema/schema.ts';
import { ServiceInstanceSchema } from './schemas.ts';
import { type LastOperation, toServiceInstance } from './service-instance.ts';
import { request } from './traits.ts';

/** The last operation of an instance, or why it was not read. */
export type Witness =
  | { readonly outcome: 'unreadable' }
  /** There is no last operation, or it began before the job. */
  | { readonly outcome: 'older' }
  | { readonly outcome: 'read'; readonly last: LastOperation };

/** Reading the instance is optional, so it must not delay the poll of the job for long. */
const INSTANCE_TIMEOUT_MS = 10_000;

export function instanceRequest(guid: string): ApiRequest {
  return request('get', '/v3/service_instances/{guid}', { params: { path: { guid } } });
}

/** The last operation in an answer about an instance. @throws {Error} the answer belongs to another instance */
export function lastOperationIn(instance: z.Output<typeof ServiceInstanceSchema>, guid: string) {
  if (instance.guid.toLowerCase() !== guid.toLowerCase()) {
    throw new Error(`the answer belongs to another service instance (${instance.guid}).`);
  }
  return toServiceInstance(instance).lastOperation;
}

/**
 * Reads the last operation of an instance once; undefined if there is none.
 * @throws it could not be read, or the answer belongs to another instance
 */
export async function readLastOperation(
  system: System,
  guid: string,
  options: PollOptions,
): Promise<LastOperation | undefined> {
  const { body } = await system.poll(instanceRequest(guid), { ...options, requestTimeoutMs: INSTANCE_TIMEOUT_MS });
  const parsed = z.safeParse(ServiceInstanceSchema, body);
  if (!parsed.success) throw new Error('the answer does not have the documented shape.');
  return lastOperationIn(parsed.data, guid);
}

/** Guid of the instance that a job links to. It is needed if only the guid of the job is known. */
export function linkedInstance(job: unknown): string | undefined {
  const links = isFields(job) && isFields(job.links) ? job.links : {};
  const link = links.service_instances ?? links.service_instance;
  const href = isFields(link) ? textOf(link.href) : undefined;
  const [, segment] = /\/v3\/service_instances\/([\w.~-]{1,200})$/.exec(href ?? '') ?? [];
  return isSegment(segment) ? segment : undefined;
}
