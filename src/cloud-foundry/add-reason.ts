import type { Poll, Subject } from '../client/operation-kind.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { StatusDraft } from '../operation/status.ts';
import * as z from '../schema/schema.ts';
import type { JobFacts } from './facts.ts';
import { ServiceInstanceSchema } from './schemas.ts';
import { isSince, toOptionalDate } from './times.ts';
import { request } from './traits.ts';

/** A job that failed without a reason may have left one in the last operation of its instance, if that is ours (CF-25). */
export function addReason(poll: Poll<RestoreResult>, subject: Subject<JobFacts>): Poll<RestoreResult> {
  return async (options) => {
    const status = await poll(options);
    const hasNoReason = status.state === 'failed' && status.failure.code === undefined;
    return hasNoReason ? withReason(status, subject, options) : status;
  };
}

async function withReason(
  status: StatusDraft<RestoreResult> & { readonly state: 'failed' },
  { system, facts, startedAt }: Subject<JobFacts>,
  options: { readonly signal?: AbortSignal },
): Promise<StatusDraft<RestoreResult>> {
  const guid = facts.serviceInstanceGuid;
  if (guid === undefined) return status;
  try {
    const instance = request('get', '/v3/service_instances/{guid}', { params: { path: { guid } } });
    const { body } = await system.poll(instance, options);
    const last = z.safeParse(ServiceInstanceSchema, body).data?.last_operation;
    // What has succeeded since is somebody else's: it explains no failure.
    const isOurs = last?.state !== 'succeeded' && isSince(toOptionalDate(last?.created_at), startedAt);
    if (!last?.description || !isOurs) return status;
    const message = `${status.failure.message} The last operation of the instance says: ${last.description}`;
    return { ...status, failure: { ...status.failure, message } };
  } catch {
    return status;
  }
}
