import type { PollOptions } from '../client/operation-kind.ts';
import type { System } from '../client/system.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { isFields, textOf } from '../http/error-body.ts';
import { isSegment } from '../http/path-segment.ts';
import * as z from '../schema/schema.ts';
import { ServiceInstanceSchema } from './schemas.ts';
import { type LastOperation, toServiceInstance } from './service-instance.ts';
import { request } from './traits.ts';

/** What was read of an instance. */
export type Witness =
  | { readonly outcome: 'unreadable' }
  /** There is no last operation, or one that began before the job. */
  | { readonly outcome: 'older' }
  | { readonly outcome: 'read'; readonly last: LastOperation };

/** What the instance tells is a help beside the job, and may not hold it up for long. */
const INSTANCE_TIMEOUT_MS = 10_000;

export function instanceRequest(guid: string): ApiRequest {
  return request('get', '/v3/service_instances/{guid}', { params: { path: { guid } } });
}

/** The last operation of an answer about an instance. @throws {Error} the answer is of another instance */
export function lastOperationIn(instance: z.Output<typeof ServiceInstanceSchema>, guid: string) {
  if (instance.guid.toLowerCase() !== guid.toLowerCase()) {
    throw new Error(`the answer is of another service instance (${instance.guid}).`);
  }
  return toServiceInstance(instance).lastOperation;
}

/**
 * The last operation of an instance, read once; undefined where there is none.
 * @throws it could not be read, or the answer is of another instance
 */
export async function readLastOperation(
  system: System,
  guid: string,
  options: PollOptions,
): Promise<LastOperation | undefined> {
  const { body } = await system.poll(instanceRequest(guid), { ...options, requestTimeoutMs: INSTANCE_TIMEOUT_MS });
  const parsed = z.safeParse(ServiceInstanceSchema, body);
  if (!parsed.success) throw new Error('the answer is not of the documented shape.');
  return lastOperationIn(parsed.data, guid);
}

/** Guid of the instance that a job links to: the only trace of it where a job is followed by its guid alone. */
export function linkedInstance(job: unknown): string | undefined {
  const links = isFields(job) && isFields(job.links) ? job.links : {};
  const link = links.service_instances ?? links.service_instance;
  const href = isFields(link) ? textOf(link.href) : undefined;
  const [, segment] = /\/v3\/service_instances\/([\w.~-]{1,200})$/.exec(href ?? '') ?? [];
  return isSegment(segment) ? segment : undefined;
}
