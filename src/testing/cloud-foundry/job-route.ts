import type { components } from '../../../generated/cloud-foundry.d.ts';
import { omitUndefined } from '../../values/omit-undefined.ts';
import { jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import { isWithin } from '../faults.ts';
import type { Call, Route } from '../route.ts';
import { resourceNotFound } from './errors.ts';
import type { Foundation, Job } from './foundation.ts';

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
    const other = foundation.misrouting.jobAt({ elapsedMs, polls: job.polls });
    if (other) return jsonAnswer({ ...describe(job, call), errors: [], warnings: [], ...other } satisfies JobBody);

    const { state: regular, ...rest } = describe(job, call);
    const stray = shape.strayStates?.find((window) => isWithin(window, { elapsedMs, polls: job.polls }));
    const state = stray ? stray.state : regular;
    const malformed = regular === 'FAILED' ? (scenario.malformedErrors ?? []) : [];
    const body = {
      ...rest,
      ...omitUndefined({ state }),
      ...(malformed.length > 0 ? { errors: [...malformed, ...(rest.errors ?? [])] } : {}),
    };
    const isRunning = !foundation.isOver(job);
    const answer = jsonAnswer(body, {
      headers: shape.retryAfter !== undefined && isRunning ? { 'retry-after': shape.retryAfter } : {},
    });
    if (malformed.length > 0) return deviating(answer, 'malformedErrors of the scenario');
    return state === undefined ? deviating(answer, 'strayStates: no state') : answer;
  }

  function describe(job: Job, call: Call): JobBody {
    const state = foundation.stateOf(job);
    const errors = errorsOf(job);
    if (shape.isSparse) return { guid: job.guid, state, ...(errors?.length ? { errors } : {}) };
    const base = scenario.externalOrigin ?? call.url.origin;
    return {
      guid: job.guid,
      created_at: foundation.timestamp(job.startedAt),
      updated_at: foundation.timestamp(updatedAt(job)),
      operation: operationOf(job),
      state,
      ...omitUndefined({ errors }),
      warnings: warningsOf(job).map((detail) => ({ detail })),
      links: {
        self: { href: `${base}/v3/jobs/${job.guid}` },
        // Not documented; the plural is what jobs of service instances use.
        service_instances: { href: `${base}/v3/service_instances/${job.instance.guid}` },
      },
    };
  }

  /** Not documented; by the form of the operations that are. */
  function operationOf(job: Job): string {
    if (job.kind === 'backup') return 'service_instance.create_backup';
    return shape.operation ?? 'service_instance.restore';
  }

  function warningsOf(job: Job): readonly string[] {
    if (job.kind === 'backup') return [];
    return [...(scenario.warnings ?? []), ...(foundation.isOver(job) ? (scenario.warningsAtTheEnd ?? []) : [])];
  }

  /** Errors are stored per attempt and shown in every state but COMPLETE (CF-4); on a failure they may be absent (CF-3). */
  function errorsOf(job: Job): Errors {
    if (job.kind === 'backup') return [];
    const state = foundation.stateOf(job);
    if (state === 'COMPLETE') return [];
    if (state !== 'FAILED') return (shape.runningErrors ?? []).slice();
    return scenario.errors === 'absent' ? undefined : (scenario.errors ?? [BROKER_ERROR]).slice();
  }

  /** The server asks the broker about once a minute, and writes the job then; a stuck job is never written again. */
  function updatedAt(job: Job): number {
    if (shape.staysProcessing && job.kind === 'restore') return job.startedAt;
    if (foundation.isOver(job)) return job.startedAt + job.durationMs;
    const elapsed = clock.now() - job.startedAt;
    return job.startedAt + elapsed - (elapsed % BROKER_INTERVAL_MS);
  }

  /** Another restore of the same instance, which is done. */
  function another(call: Call): Response {
    const [instance] = foundation.instances;
    const guid = 'a1c5d9e3-2b47-4f68-9a0d-3e7b5c1f8d24';
    const body: JobBody = {
      guid,
      operation: 'service_instance.restore',
      state: 'COMPLETE',
      errors: [],
      warnings: [],
      links: {
        self: { href: `${call.url.origin}/v3/jobs/${guid}` },
        service_instances: { href: `${call.url.origin}/v3/service_instances/${instance?.guid}` },
      },
    };
    return jsonAnswer(body);
  }

  return { operationId: 'getJob', method: 'GET', path: '/v3/jobs/{guid}', role: 'poll', handle: getJob, another };
}
