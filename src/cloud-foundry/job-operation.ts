import type { paths } from '../../generated/cloud-foundry.d.ts';
import { ownId } from '../client/own-path.ts';
import type { System } from '../client/system.ts';
import { IsoTimeSchema } from '../client/text-schemas.ts';
import { retryAfterMs } from '../clock/retry-after.ts';
import type { Answer } from '../http/answer.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { StatusDraft } from '../operation/status.ts';
import * as z from '../schema/schema.ts';
import { pollJob } from './decide-job.ts';
import { jobVerdict } from './explain-error.ts';
import { ServiceInstanceSchema } from './schemas.ts';
import { isSince, toOptionalDate } from './times.ts';

export const RESTORE_KIND = 'cloud-foundry/restore-service-instance';
export const BACKUP_KIND = 'cloud-foundry/create-backup';

/** What a handle of this system holds beside the common fields. */
export const HandleExtraSchema = z.looseObject({
  serviceInstanceGuid: z.optional(z.string()),
  dataAsOf: z.optional(IsoTimeSchema),
  finishedAtOnce: z.optional(z.boolean()),
});

const DoneSchema = z.looseObject({
  guid: z.string(),
  last_operation: z.nullish(z.looseObject({ state: z.nullish(z.string()) })),
});

export interface JobOperationFacts {
  readonly kind: typeof RESTORE_KIND | typeof BACKUP_KIND;
  readonly id: string;
  readonly startedAt: Date;
  readonly note?: string | undefined;
  readonly serviceInstanceGuid?: string | undefined;
  readonly dataAsOf?: Date | undefined;
  /** The start answered 200 with a body: there is no job to poll. */
  readonly finishedAtOnce?: boolean | undefined;
  readonly pollAfterMs?: number | undefined;
}

const DAY_MS = 86_400_000;

const AFTERMATH: Readonly<Record<JobOperationFacts['kind'], readonly string[]>> = {
  [RESTORE_KIND]: [
    'The data of the service instance is that of the backup; what was written since is gone.',
    'Whether bindings and their credentials still work is not documented: check the apps that are bound to it.',
  ],
  [BACKUP_KIND]: ['The vendor does not tell the id of the new backup; compare the lists before and after.'],
};

/**
 * A job as an operation. Deadline 7 days, the Cloud Controller's own limit for a broker (CF-29); outage tolerance 30 min,
 * since the foundation itself is not what is being restored.
 */
export function jobOperation(system: System<paths>, facts: JobOperationFacts): Operation<RestoreResult> {
  const { kind, id, dataAsOf, serviceInstanceGuid } = facts;
  const result = (): RestoreResult => ({ ...(dataAsOf ? { dataAsOf } : {}), aftermath: AFTERMATH[kind] });
  const poll = pollJob(
    (options) =>
      system.poll((via) => system.api.GET('/v3/jobs/{guid}', { params: { path: { guid: id } }, ...via }), options),
    result,
  );
  return system.operation<RestoreResult>({
    kind,
    id,
    startedAt: facts.startedAt,
    ...(facts.note === undefined ? {} : { note: facts.note }),
    ...(facts.pollAfterMs === undefined ? {} : { pollAfterMs: facts.pollAfterMs }),
    handle: {
      ...(facts.finishedAtOnce ? { finishedAtOnce: true } : { path: `/v3/jobs/${encodeURIComponent(id)}` }),
      ...(serviceInstanceGuid === undefined ? {} : { serviceInstanceGuid }),
      ...(dataAsOf ? { dataAsOf: dataAsOf.toISOString() } : {}),
    },
    poll: facts.finishedAtOnce
      ? () => finishedAtOnce(result())
      : async (options) => withReason(await poll(options), system, facts, options.signal),
    outage: jobVerdict,
    timeoutMs: 7 * DAY_MS,
    outageToleranceMs: 30 * 60_000,
  });
}

/** The job that a 202 named (CF-8, CF-9); a 200 with the instance had nothing left to do. */
export function parseStartResponse(
  system: System<paths>,
  answer: Answer,
  facts: Omit<JobOperationFacts, 'id'> & { readonly serviceInstanceGuid: string },
): Operation<RestoreResult> {
  const location = answer.headers.get('location');
  const pollAfterMs = retryAfterMs(answer.headers, system.clock.now());
  if (location === null || location.trim() === '') {
    if (answer.status === 200 && isDone(answer.body, facts.serviceInstanceGuid)) {
      return jobOperation(system, { ...facts, id: facts.serviceInstanceGuid, finishedAtOnce: true });
    }
    const error = system.transport.unexpected(
      `The start was answered ${answer.status} without a Location, so its job cannot be followed. It runs: see the last operation of service instance ${facts.serviceInstanceGuid}.`,
      answer,
      { started: 'yes' },
    );
    // Only the documented 202 says that the Cloud Controller has taken the start.
    throw answer.status === 202 ? error : new LostAnswer(error);
  }
  const family = /^[^?]*\/v3\/jobs\/([^/?]+)(?:\?.*)?$/;
  const { base, redactor } = system.transport;
  const id = ownId(location, { base, redactor, family, started: 'yes' });
  return jobOperation(system, { ...facts, id, pollAfterMs });
}

/** JSON of a gateway is no instance, and one whose last operation goes on is not done. */
function isDone(body: unknown, guid: string): boolean {
  const instance = z.safeParse(DoneSchema, body).data;
  const state = instance?.last_operation?.state;
  return instance?.guid === guid && (state === undefined || state === null || state === 'succeeded');
}

function finishedAtOnce(result: RestoreResult): StatusDraft<RestoreResult> {
  return {
    state: 'succeeded',
    result,
    warnings: [{ code: 'finished-at-once', message: 'The vendor answered 200 instead of a job; taken as done.' }],
  };
}

/** A job that failed without a reason may have left one in the last operation of its instance, if that is ours (CF-25). */
async function withReason(
  status: StatusDraft<RestoreResult>,
  system: System<paths>,
  facts: JobOperationFacts,
  signal: AbortSignal | undefined,
): Promise<StatusDraft<RestoreResult>> {
  const guid = facts.serviceInstanceGuid;
  if (status.state !== 'failed' || status.failure.code !== undefined || guid === undefined) return status;
  try {
    const answer = await system.poll(
      (via) => system.api.GET('/v3/service_instances/{guid}', { params: { path: { guid } }, ...via }),
      { signal },
    );
    const last = z.safeParse(ServiceInstanceSchema, answer.body).data?.last_operation;
    // What has succeeded since is somebody else's: it explains no failure.
    if (
      !last?.description ||
      last.state === 'succeeded' ||
      !isSince(toOptionalDate(last.created_at), facts.startedAt)
    ) {
      return status;
    }
    const message = `${status.failure.message} The last operation of the instance says: ${last.description}`;
    return { ...status, failure: { ...status.failure, message } };
  } catch {
    return status;
  }
}
