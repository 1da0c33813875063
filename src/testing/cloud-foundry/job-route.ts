import type { components } from '../../../generated/cloud-foundry.d.ts';
import { jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import { isWithin } from '../faults.ts';
import type { Call, Route } from '../route.ts';
import { resourceNotFound } from './errors.ts';
import { type Foundation, isoTime, type Job } from './foundation.ts';

type JobBody = components['schemas']['Job'];
type Errors = JobBody['errors'];

const BROKER_INTERVAL_MS = 60_000;
const BROKER_ERROR = {
  code: 10009,
  title: 'CF-UnableToPerform',
  detail: 'restore could not be completed: the backup could not be read',
};

export function jobRoute(foundation: Foundation): Route {
  const { scenario, clock } = foundation;
  const { job: shape = {}, faults = {} } = scenario;

  function getJob(call: Call): Response {
    const job = foundation.jobs.get(call.params.guid ?? '');
    if (!job) return resourceNotFound('Job');
    job.polls += 1;
    const elapsedMs = clock.now() - job.startedAt;
    const isHidden = job.polls <= (faults.jobHiddenForPolls ?? 0);
    if (isHidden || elapsedMs >= (faults.jobGoneAfterMs ?? Number.POSITIVE_INFINITY)) return resourceNotFound('Job');

    const { state: regular, ...rest } = describe(job, call);
    const stray = shape.strayStates?.find((window) => isWithin(window, { elapsedMs, polls: job.polls }));
    const state = stray ? stray.state : regular;
    const isRunning = !foundation.isOver(job);
    const answer = jsonAnswer(state === undefined ? rest : { ...rest, state }, {
      headers: shape.retryAfter !== undefined && isRunning ? { 'retry-after': shape.retryAfter } : {},
    });
    return state === undefined ? deviating(answer, 'strayStates: no state') : answer;
  }

  function describe(job: Job, call: Call): JobBody {
    const state = foundation.stateOf(job);
    const errors = errorsOf(job);
    if (shape.isSparse) return { guid: job.guid, state, ...(errors?.length ? { errors } : {}) };
    const base = scenario.externalOrigin ?? call.url.origin;
    return {
      guid: job.guid,
      created_at: isoTime(job.startedAt),
      updated_at: isoTime(updatedAt(job)),
      operation: job.kind === 'backup' ? 'service_instance.backup' : (shape.operation ?? 'service_instance.restore'),
      state,
      ...(errors ? { errors } : {}),
      warnings: (job.kind === 'restore' ? (scenario.warnings ?? []) : []).map((detail) => ({ detail })),
      links: {
        self: { href: `${base}/v3/jobs/${job.guid}` },
        // Not documented; the plural is what jobs of service instances use.
        service_instances: { href: `${base}/v3/service_instances/${job.instance.guid}` },
      },
    };
  }

  /** Errors are stored per attempt and shown in every state but COMPLETE (CF-4); on a failure they may be absent (CF-3). */
  function errorsOf(job: Job): Errors {
    if (job.kind === 'backup') return [];
    const state = foundation.stateOf(job);
    if (state === 'COMPLETE') return [];
    if (state !== 'FAILED') return (shape.runningErrors ?? []).slice();
    return scenario.errors === 'absent' ? undefined : (scenario.errors ?? [BROKER_ERROR]).slice();
  }

  /** The server asks the broker about once a minute, and writes the job then. */
  function updatedAt(job: Job): number {
    if (foundation.isOver(job)) return job.startedAt + job.durationMs;
    const elapsed = clock.now() - job.startedAt;
    return job.startedAt + elapsed - (elapsed % BROKER_INTERVAL_MS);
  }

  return { operationId: 'getJob', method: 'GET', path: '/v3/jobs/{guid}', role: 'poll', handle: getJob };
}
